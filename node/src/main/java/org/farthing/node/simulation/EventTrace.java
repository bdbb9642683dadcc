package org.farthing.node.simulation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.NetAddress;

/**
 * The SHA-256 of all that happens in a network: which message arrived when from whom at whom, which
 * connection began or ended, who went over to which block. Two runs with one trace were the same.
 */
final class EventTrace {
  private static final int ROOM = 128;

  private final Clock clock;
  private final MessageDigest digest = Sha256.newDigest();
  private final ByteBuffer buffer = ByteBuffer.allocate(ROOM);
  private long events;

  EventTrace(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param what distinguishes this event from others between the two
   */
  void add(String kind, NetAddress one, NetAddress other, int size, int what) {
    buffer
        .putLong(clock.nowMillis())
        .put(one.addressBytes())
        .putShort((short) one.port())
        .put(other.addressBytes())
        .putShort((short) other.port())
        .putInt(size)
        .putInt(what)
        .flip();
    digest.update(kind.getBytes(StandardCharsets.UTF_8));
    digest.update(buffer);
    buffer.clear();
    events++;
  }

  long events() {
    return events;
  }

  /** Of all events so far, in hexadecimal digits. */
  String sha256() {
    return HexFormat.of().formatHex(Sha256.copy(digest).digest());
  }
}
