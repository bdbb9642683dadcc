package org.farthing.node.sync;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.crypto.SipHash;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.wire.CmpctBlock;

/**
 * The short identifiers of the transactions of one block (BIP-0152): 48 bits of a SipHash of the
 * wtxid, whose key is the hash of header and nonce, so that nobody can prepare collisions.
 */
final class ShortIds {
  private static final long MASK = 0xffff_ffff_ffffL;

  private final long key0;
  private final long key1;

  ShortIds(BlockHeader header, long nonce) {
    ByteWriter out = new ByteWriter(BlockHeader.SIZE + Long.BYTES);
    header.writeTo(out);
    ByteReader key = new ByteReader(Sha256.hash(out.int64(nonce).toByteArray()));
    try {
      key0 = key.int64();
      key1 = key.int64();
    } catch (DecodeException e) {
      throw new AssertionError("a hash has 32 bytes", e);
    }
  }

  static ShortIds of(CmpctBlock block) {
    return new ShortIds(block.header(), block.nonce());
  }

  /** The lower 48 bits count. */
  long of(Wtxid wtxid) {
    return SipHash.hash(key0, key1, wtxid.words()) & MASK;
  }

  /** A block in short form: the coinbase stands as it is, since nobody can have it. */
  static CmpctBlock shorten(Block block, long nonce) {
    ShortIds ids = new ShortIds(block.header(), nonce);
    List<Transaction> transactions = block.transactions();
    return new CmpctBlock(
        block.header(),
        nonce,
        transactions.stream().skip(1).map(transaction -> ids.of(transaction.wtxid())).toList(),
        List.of(new CmpctBlock.Prefilled(0, transactions.get(0))));
  }
}
