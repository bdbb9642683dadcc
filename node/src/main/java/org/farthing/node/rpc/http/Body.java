package org.farthing.node.rpc.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.farthing.node.rpc.call.Budget;

/**
 * The body of a request, as it comes. It grows with what has come, not with what was announced, and
 * its memory is on an account of the {@link Budget}.
 */
final class Body {
  /** As in Bitcoin Core. */
  static final int MAX_BYTES = 32 * 1024 * 1024;

  private static final byte[] NOTHING = new byte[0];

  private final Budget.Account account;
  private final int most;
  private byte[] bytes = NOTHING;
  private int size;

  /**
   * @param most bytes
   */
  Body(Budget.Account account, int most) {
    this.account = account;
    this.most = most;
  }

  /** What became of a piece. */
  enum Outcome {
    ADDED,
    TOO_LARGE,
    /** There is no memory for it now. */
    NO_ROOM
  }

  /** Adds a piece. */
  Outcome add(ByteBuf piece) {
    int length = piece.readableBytes();
    if (size + (long) length > most) {
      return Outcome.TOO_LARGE;
    }
    if (size + length > bytes.length && !grow(size + length)) {
      return Outcome.NO_ROOM;
    }
    piece.readBytes(bytes, size, length);
    size += length;
    return Outcome.ADDED;
  }

  private boolean grow(int least) {
    // A body in one piece gets what it needs, one of many is copied a few times.
    int capacity = size == 0 ? least : (int) Math.min(most, Math.max(least, 2L * bytes.length));
    if (!account.take(capacity - bytes.length)) {
      return false;
    }
    bytes = Arrays.copyOf(bytes, capacity);
    return true;
  }

  /** The array that it stands in; its first {@link #size} bytes are the body. */
  byte[] array() {
    return bytes;
  }

  int most() {
    return most;
  }

  int size() {
    return size;
  }

  /** Lets go of it. */
  void release() {
    account.give(bytes.length);
    bytes = NOTHING;
    size = 0;
  }
}
