package org.farthing.node.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.farthing.node.wire.MessageType;

/**
 * What has travelled over a connection so far, in bytes with the headers of messages.
 *
 * @param sent all bytes that the socket has taken
 * @param received all bytes that came
 * @param sentByType of whole messages; types never sent are missing
 * @param receivedByType of whole messages; those that were dropped count as {@link
 *     MessageType#OTHER}
 */
public record Traffic(
    long sent,
    long received,
    Map<MessageType, Long> sentByType,
    Map<MessageType, Long> receivedByType) {
  public Traffic {
    sentByType = Map.copyOf(sentByType);
    receivedByType = Map.copyOf(receivedByType);
  }

  /** Counts as messages come and go; any thread may take a snapshot meanwhile. */
  public static final class Counter {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong whole = new AtomicLong();
    private final Map<MessageType, Long> sentByType = new ConcurrentHashMap<>();
    private final Map<MessageType, Long> receivedByType = new ConcurrentHashMap<>();

    /** Bytes were sent that are no message. */
    void sent(long bytes) {
      sent.addAndGet(bytes);
    }

    /** How many bytes the socket has taken. */
    long sentBytes() {
      return sent.get();
    }

    /** Bytes of a message of this type were sent. */
    public void sent(MessageType type, long bytes) {
      sent.addAndGet(bytes);
      sentByType.merge(type, bytes, Long::sum);
    }

    /** Bytes came, of whatever message. */
    public void received(long bytes) {
      received.addAndGet(bytes);
    }

    /** A message of this type came; its bytes have been counted as received before. */
    public void receivedMessage(MessageType type, long bytes) {
      receivedByType.merge(type, bytes, Long::sum);
      whole.addAndGet(bytes);
    }

    /** About how much has come of a message that is not whole. */
    long incomplete() {
      return received.get() - whole.get();
    }

    public Traffic snapshot() {
      return new Traffic(sent.get(), received.get(), sentByType, receivedByType);
    }
  }
}
