package org.farthing.node.sync;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;

/**
 * Headers that follow one another, first in, first out, in as few bytes as they need: 48 for each,
 * since the hash of the one before can be computed. It grows with what is put in.
 */
final class HeaderBuffer {
  private static final int VERSION_BYTES = 4;
  private static final int BYTES = BlockHeader.SIZE - BlockHash.SIZE;
  private static final int FIRST_HEADERS = 64;

  private byte[] ring = new byte[FIRST_HEADERS * BYTES];
  private int first;
  private int size;

  /** The hash of the header before the oldest one. */
  private BlockHash previous;

  HeaderBuffer(BlockHash previous) {
    this.previous = previous;
  }

  int size() {
    return size;
  }

  /** Puts a header in that follows the one that was put in last. */
  void add(BlockHeader header) {
    if (size * BYTES == ring.length) {
      grow();
    }
    byte[] bytes = header.serialize();
    int at = (first + size) % capacity() * BYTES;
    System.arraycopy(bytes, 0, ring, at, VERSION_BYTES);
    int rest = VERSION_BYTES + BlockHash.SIZE;
    System.arraycopy(bytes, rest, ring, at + VERSION_BYTES, BYTES - VERSION_BYTES);
    size++;
  }

  private int capacity() {
    return ring.length / BYTES;
  }

  private void grow() {
    byte[] larger = new byte[ring.length * 2];
    int upToEnd = ring.length - first * BYTES;
    System.arraycopy(ring, first * BYTES, larger, 0, upToEnd);
    System.arraycopy(ring, 0, larger, upToEnd, first * BYTES);
    ring = larger;
    first = 0;
  }

  /**
   * Takes the oldest header out.
   *
   * @throws IllegalStateException if there is none
   */
  BlockHeader poll() {
    if (size == 0) {
      throw new IllegalStateException("no header is left");
    }
    int at = first * BYTES;
    ByteWriter out = new ByteWriter(BlockHeader.SIZE).bytes(ring, at, VERSION_BYTES);
    previous.writeTo(out);
    byte[] bytes = out.bytes(ring, at + VERSION_BYTES, BYTES - VERSION_BYTES).toByteArray();
    first = (first + 1) % capacity();
    size--;
    try {
      BlockHeader header = BlockHeader.read(new ByteReader(bytes));
      previous = header.hash();
      return header;
    } catch (DecodeException e) {
      throw new AssertionError("80 bytes are always a header", e);
    }
  }
}
