package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;

/**
 * The hashes of the filters of a range, from which the receiver makes their headers (BIP-0157).
 *
 * @param filterType as in {@link FilterRange}
 * @param stop the last block of the range
 * @param previous the header of the filter before the range; zero before the genesis
 */
public record CFHeaders(
    int filterType, BlockHash stop, FilterHeader previous, List<FilterHash> hashes)
    implements Message {
  /** Hashes in one message. */
  public static final int MAX_HASHES = 2000;

  public CFHeaders {
    hashes = List.copyOf(hashes);
  }

  static CFHeaders read(ByteReader in) throws DecodeException {
    return new CFHeaders(
        in.uint8(),
        BlockHash.read(in),
        FilterHeader.read(in),
        WireLists.read(in, MessageType.CFHEADERS, MAX_HASHES, FilterHash.SIZE, FilterHash::read));
  }

  @Override
  public MessageType type() {
    return MessageType.CFHEADERS;
  }

  @Override
  public int sizeHint() {
    return 80 + hashes.size() * FilterHash.SIZE;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.uint8(filterType);
    stop.writeTo(out);
    previous.writeTo(out);
    WireLists.write(out, hashes, FilterHash::writeTo);
  }
}
