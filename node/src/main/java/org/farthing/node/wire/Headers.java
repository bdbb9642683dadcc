package org.farthing.node.wire;

import java.util.List;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHeader;

/** Headers in the order of the chain, at most {@link #MAX_HEADERS}. */
public record Headers(List<BlockHeader> headers) implements Message {
  /** As many as one message may carry; fewer mean that there are no more. */
  public static final int MAX_HEADERS = 2000;

  public Headers {
    headers = List.copyOf(headers);
  }

  static Headers read(ByteReader in) throws DecodeException {
    return new Headers(
        WireLists.read(
            in, MessageType.HEADERS, MAX_HEADERS, BlockHeader.SIZE + 1, Headers::readHeader));
  }

  /** A header stands as a block whose count of transactions nobody looks at. */
  private static BlockHeader readHeader(ByteReader in) throws DecodeException {
    BlockHeader header = BlockHeader.read(in);
    in.count(0);
    return header;
  }

  @Override
  public MessageType type() {
    return MessageType.HEADERS;
  }

  @Override
  public int sizeHint() {
    return 9 + headers.size() * (BlockHeader.SIZE + 1);
  }

  @Override
  public void writeTo(ByteWriter out) {
    WireLists.write(
        out,
        headers,
        (header, to) -> {
          header.writeTo(to);
          to.compactSize(0);
        });
  }
}
