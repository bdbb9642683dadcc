package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Asks for an {@link Inv} of blocks after the last one of the locator that the receiver has.
 *
 * @param version of the protocol; nobody looks at it
 * @param locator hashes of the sender's chain from its tip back, ever sparser
 * @param stop the last one that is wanted, or zero for as many as fit
 */
public record GetBlocks(int version, List<BlockHash> locator, BlockHash stop) implements Message {
  public GetBlocks {
    locator = List.copyOf(locator);
  }

  static GetBlocks read(ByteReader in) throws DecodeException {
    return new GetBlocks(
        in.int32(),
        WireLists.read(
            in, MessageType.GETBLOCKS, WireLists.MAX_LOCATOR, BlockHash.SIZE, BlockHash::read),
        BlockHash.read(in));
  }

  @Override
  public MessageType type() {
    return MessageType.GETBLOCKS;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.int32(version);
    WireLists.write(out, locator, BlockHash::writeTo);
    stop.writeTo(out);
  }
}
