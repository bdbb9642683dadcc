package org.farthing.consensus.primitives;

import java.util.List;
import java.util.Set;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/** A header, and the proof that some transactions are in its block (BIP-0037). */
public record MerkleBlock(BlockHeader header, PartialMerkleTree tree) {
  /** The proof for some of a block's transactions. */
  public static MerkleBlock of(Block block, Set<Txid> wanted) {
    List<Txid> txids = block.transactions().stream().map(Transaction::txid).toList();
    return new MerkleBlock(block.header(), PartialMerkleTree.of(txids, wanted));
  }

  /** Reads one, and leaves what follows. */
  public static MerkleBlock read(ByteReader in) throws DecodeException {
    return new MerkleBlock(BlockHeader.read(in), PartialMerkleTree.read(in));
  }

  public void writeTo(ByteWriter out) {
    header.writeTo(out);
    tree.writeTo(out);
  }

  public byte[] serialize() {
    ByteWriter out = new ByteWriter();
    writeTo(out);
    return out.toByteArray();
  }
}
