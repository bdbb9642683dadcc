package org.farthing.node.events;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;

/**
 * What an event says of a block.
 *
 * @param previous the block before it; only zeros before the genesis
 * @param timeSeconds of its header
 * @param transactions how many it has, 0 if that is not known any more
 */
public record BlockFacts(
    BlockHash hash, BlockHash previous, int height, long timeSeconds, int transactions) {

  static BlockFacts of(HeaderNode node, int transactions) {
    return new BlockFacts(
        node.hash(),
        node.header().previous(),
        node.height(),
        node.header().timeSeconds(),
        transactions);
  }

  void writeTo(ByteWriter out) {
    hash.writeTo(out);
    previous.writeTo(out);
    out.uint32(height).uint32(timeSeconds).uint32(transactions);
  }

  static BlockFacts read(ByteReader in) throws DecodeException {
    return new BlockFacts(
        BlockHash.read(in), BlockHash.read(in), in.int32(), in.uint32(), in.int32());
  }
}
