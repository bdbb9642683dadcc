package org.farthing.node.rpc.json;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Keeps what is written to it, in pieces that are never copied, and asks for room before it grows:
 * how long a text will be is not known before it is there.
 */
public final class BoundedOutput extends OutputStream {
  private static final int FIRST_PIECE = 4 * 1024;
  private static final int LARGEST_PIECE = 1024 * 1024;

  private final LongPredicate room;
  private final List<ByteBuffer> full = new ArrayList<>();
  private ByteBuffer last = ByteBuffer.allocate(0);

  /**
   * @param room asks for so many bytes of the heap more
   */
  public BoundedOutput(LongPredicate room) {
    this.room = room;
  }

  @Override
  public void write(int octet) throws NoRoomException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  /**
   * @throws NoRoomException if there is no room; what was written before is still there
   */
  @Override
  public void write(byte[] bytes, int offset, int length) throws NoRoomException {
    int done = 0;
    while (done < length) {
      if (!last.hasRemaining()) {
        grow();
      }
      int part = Math.min(length - done, last.remaining());
      last.put(bytes, offset + done, part);
      done += part;
    }
  }

  private void grow() throws NoRoomException {
    int size = Math.min(LARGEST_PIECE, Math.max(FIRST_PIECE, 2 * last.capacity()));
    if (!room.test(size)) {
      throw new NoRoomException();
    }
    if (last.capacity() > 0) {
      full.add(last.flip());
    }
    last = ByteBuffer.allocate(size);
  }

  /** What was written; nothing may be written after that. */
  public List<ByteBuffer> pieces() {
    List<ByteBuffer> all = new ArrayList<>(full);
    all.add(last.flip());
    return all;
  }
}
