package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;

/**
 * Asks for {@link Headers} after the last block of the locator that the receiver has.
 *
 * @param version of the protocol; nobody looks at it
 * @param locator hashes of the sender's chain from its tip back, ever sparser
 * @param stop the last one that is wanted, or zero for as many as fit
 */
public record GetHeaders(int version, List<BlockHash> locator, BlockHash stop) implements Message {
  public GetHeaders {
    locator = List.copyOf(locator);
  }

  static GetHeaders read(ByteReader in) throws DecodeException {
    return new GetHeaders(
        in.int32(),
        WireLists.read(
            in, MessageType.GETHEADERS, WireLists.MAX_LOCATOR, BlockHash.SIZE, BlockHash::read),
        BlockHash.read(in));
  }

  @Override
  public MessageType type() {
    return MessageType.GETHEADERS;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.int32(version);
    WireLists.write(out, locator, BlockHash::writeTo);
    stop.writeTo(out);
  }
}
