package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.FilterHeader;

/**
 * The headers of the filters of every thousandth block (BIP-0157).
 *
 * @param filterType as in {@link FilterRange}
 * @param stop the block on whose branch they are
 * @param headers at the heights 1000, 2000, …
 */
public record CFCheckpt(int filterType, BlockHash stop, List<FilterHeader> headers)
    implements Message {
  /** Blocks from one header to the next. */
  public static final int INTERVAL = 1000;

  public CFCheckpt {
    headers = List.copyOf(headers);
  }

  static CFCheckpt read(ByteReader in) throws DecodeException {
    int filterType = in.uint8();
    BlockHash stop = BlockHash.read(in);
    int most = Integer.MAX_VALUE / INTERVAL;
    return new CFCheckpt(
        filterType,
        stop,
        WireLists.read(in, MessageType.CFCHECKPT, most, FilterHeader.SIZE, FilterHeader::read));
  }

  @Override
  public MessageType type() {
    return MessageType.CFCHECKPT;
  }

  @Override
  public int sizeHint() {
    return 48 + headers.size() * FilterHeader.SIZE;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.uint8(filterType);
    stop.writeTo(out);
    WireLists.write(out, headers, FilterHeader::writeTo);
  }
}
