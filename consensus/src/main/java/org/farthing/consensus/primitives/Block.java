package org.farthing.consensus.primitives;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.bytes.DecodeException;

/**
 * A header and its transactions; the first should be the coinbase. The merkle roots are computed
 * once, when somebody asks for them.
 */
public final class Block {
  private final BlockHeader header;
  private final List<Transaction> transactions;

  // Of two threads that ask at the same time both compute the same.
  private MerkleTree.Result merkle;
  private MerkleRoot witnessRoot;

  public Block(BlockHeader header, List<Transaction> transactions) {
    this.header = header;
    this.transactions = List.copyOf(transactions);
  }

  public BlockHeader header() {
    return header;
  }

  public List<Transaction> transactions() {
    return transactions;
  }

  /** The root over the transactions' identifiers, which the header should name. */
  public MerkleTree.Result merkle() {
    MerkleTree.Result known = merkle;
    if (known == null) {
      known = MerkleTree.ofTxids(transactions);
      merkle = known;
    }
    return known;
  }

  /** The root over the witness identifiers, the coinbase's taken as zero (BIP-0141). */
  public MerkleRoot witnessRoot() {
    MerkleRoot known = witnessRoot;
    if (known == null) {
      known = MerkleTree.ofWtxids(transactions);
      witnessRoot = known;
    }
    return known;
  }

  public BlockHash hash() {
    return header.hash();
  }

  public static Block read(ByteReader in) throws DecodeException {
    BlockHeader header = BlockHeader.read(in);
    return new Block(header, in.list(in.count(Transaction.MIN_SIZE), Transaction::read));
  }

  /** Reads one block that fills {@code bytes}. */
  public static Block decode(byte[] bytes) throws DecodeException {
    ByteReader in = new ByteReader(bytes);
    Block block = read(in);
    in.expectEnd();
    return block;
  }

  /** The length in bytes with witnesses. */
  public int totalSize() {
    int size = overhead();
    for (Transaction transaction : transactions) {
      size += transaction.totalSize();
    }
    return size;
  }

  /** The length in bytes without witnesses. */
  public int baseSize() {
    int size = overhead();
    for (Transaction transaction : transactions) {
      size += transaction.baseSize();
    }
    return size;
  }

  /** Three times the length without witnesses, plus the length with them (BIP-0141). */
  public int weight() {
    return baseSize() * (Transaction.WITNESS_SCALE_FACTOR - 1) + totalSize();
  }

  private int overhead() {
    return BlockHeader.SIZE + CompactSize.sizeOf(transactions.size());
  }

  public void writeTo(ByteWriter out) {
    header.writeTo(out);
    out.compactSize(transactions.size());
    for (Transaction transaction : transactions) {
      transaction.writeTo(out);
    }
  }

  public byte[] serialize() {
    ByteWriter out = new ByteWriter(totalSize());
    writeTo(out);
    return out.toByteArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Block that
        && header.equals(that.header)
        && transactions.equals(that.transactions);
  }

  @Override
  public int hashCode() {
    return header.hashCode();
  }

  @Override
  public String toString() {
    return "Block " + hash() + " of " + transactions.size() + " transactions";
  }
}
