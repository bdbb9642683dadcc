package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;

/**
 * A block in short form (BIP-0152): most transactions are named by six bytes each, some stand as
 * they are. Whether their places make sense is not looked at here.
 *
 * @param nonce the other half of the key of the short identifiers, beside the header
 * @param shortIds 48 bits each, of the transactions that are not prefilled, in the block's order
 * @param prefilled those that the receiver may not have, in the block's order
 */
public record CmpctBlock(
    BlockHeader header, long nonce, List<Long> shortIds, List<Prefilled> prefilled)
    implements Message {
  /** A place in a block has 16 bits. */
  static final int MAX_TRANSACTIONS = 0xffff;

  /** The bytes of a short identifier. */
  private static final int SHORT_ID_SIZE = 6;

  private static final int MIN_PREFILLED_SIZE = 1 + Transaction.MIN_SIZE;

  /**
   * A transaction that stands as it is.
   *
   * @param gap how many transactions stand between the one prefilled before, or the beginning, and
   *     this one
   */
  public record Prefilled(int gap, Transaction transaction) {
    static Prefilled read(ByteReader in) throws DecodeException {
      return new Prefilled(place(in.compactSize()), Transaction.read(in));
    }

    void writeTo(ByteWriter out) {
      out.compactSize(gap);
      transaction.writeTo(out);
    }
  }

  public CmpctBlock {
    shortIds = List.copyOf(shortIds);
    prefilled = List.copyOf(prefilled);
  }

  static CmpctBlock read(ByteReader in) throws DecodeException {
    BlockHeader header = BlockHeader.read(in);
    long nonce = in.int64();
    List<Long> shortIds = in.list(in.count(SHORT_ID_SIZE), CmpctBlock::readShortId);
    List<Prefilled> prefilled = in.list(in.count(MIN_PREFILLED_SIZE), Prefilled::read);
    if (shortIds.size() + prefilled.size() > MAX_TRANSACTIONS) {
      throw new DecodeException("indexes overflowed 16 bits");
    }
    return new CmpctBlock(header, nonce, shortIds, prefilled);
  }

  private static long readShortId(ByteReader in) throws DecodeException {
    return in.uint32() | ((long) in.uint16() << 32);
  }

  /** A place in a block, or a difference of two. */
  static int place(long value) throws DecodeException {
    if (value < 0 || value > MAX_TRANSACTIONS) {
      throw new DecodeException("CompactSize exceeds limit of type");
    }
    return (int) value;
  }

  /** How many transactions the block has. */
  public int transactionCount() {
    return shortIds.size() + prefilled.size();
  }

  @Override
  public MessageType type() {
    return MessageType.CMPCTBLOCK;
  }

  @Override
  public int sizeHint() {
    int size = BlockHeader.SIZE + 8;
    size += CompactSize.sizeOf(shortIds.size()) + shortIds.size() * SHORT_ID_SIZE;
    size += CompactSize.sizeOf(prefilled.size());
    for (Prefilled each : prefilled) {
      size += CompactSize.sizeOf(each.gap()) + each.transaction().totalSize();
    }
    return size;
  }

  @Override
  public void writeTo(ByteWriter out) {
    header.writeTo(out);
    out.int64(nonce);
    WireLists.write(
        out, shortIds, (id, to) -> to.uint32(id & 0xffffffffL).uint16((int) (id >> 32)));
    WireLists.write(out, prefilled, Prefilled::writeTo);
  }
}
