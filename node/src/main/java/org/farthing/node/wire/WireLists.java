package org.farthing.node.wire;

import java.util.List;
import java.util.function.BiConsumer;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.OversizedException;

/** A count, then so many elements: the lists that messages are made of. */
final class WireLists {
  /**
   * Hashes in a locator; it needs ten for the last blocks and one for each doubling of the rest.
   */
  static final int MAX_LOCATOR = 101;

  private WireLists() {}

  /**
   * Reads a count.
   *
   * @param minimumSize the least bytes that each element takes
   * @throws OversizedException above {@code limit}
   * @throws DecodeException where so many elements cannot follow
   */
  static int count(ByteReader in, MessageType type, int limit, int minimumSize)
      throws DecodeException {
    int count = in.count(minimumSize);
    if (count > limit) {
      throw new OversizedException(type.command() + " message size = " + count);
    }
    return count;
  }

  static <T> List<T> read(
      ByteReader in, MessageType type, int limit, int minimumSize, ByteReader.Element<T> element)
      throws DecodeException {
    return in.list(count(in, type, limit, minimumSize), element);
  }

  static <T> void write(ByteWriter out, List<T> list, BiConsumer<T, ByteWriter> element) {
    out.compactSize(list.size());
    for (T each : list) {
      element.accept(each, out);
    }
  }
}
