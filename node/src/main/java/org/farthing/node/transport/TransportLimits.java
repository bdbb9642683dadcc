package org.farthing.node.transport;

import org.farthing.node.wire.FrameHeader;

/**
 * What may wait in one connection, and in all of them together, so that neither fast nor slow
 * peers, nor many of them, cost more memory than this.
 *
 * @param inboundMessages received but not yet taken by the handler, before reading pauses
 * @param inboundBytes of such messages, before reading pauses
 * @param outboundBytes waiting to be sent, before the connection is not {@link Connection#writable}
 * @param maxOutboundBytes waiting to be sent, before the connection is closed
 * @param totalBytes of all connections: received but not taken, received in part, waiting to be
 *     sent, each of the three ({@link SharedLoad})
 * @param patienceMillis in which a peer to which much waits to be sent has to take something of it;
 *     most of it in ten times as long
 */
public record TransportLimits(
    int inboundMessages,
    int inboundBytes,
    int outboundBytes,
    int maxOutboundBytes,
    long totalBytes,
    long patienceMillis) {
  private static final int MESSAGES = 1000;
  private static final long LEAST_TOTAL = 32L << 20;
  private static final long MOST_TOTAL = 256L << 20;
  private static final int SHARE_OF_HEAP = 8;
  private static final long PATIENCE_MILLIS = 60_000;

  /** Bitcoin Core's buffers: 5 MB to receive, 1 MB to send. */
  public static final TransportLimits DEFAULT = of(5_000_000, 1_000_000);

  /** With the usual patience. */
  public TransportLimits(
      int inboundMessages,
      int inboundBytes,
      int outboundBytes,
      int maxOutboundBytes,
      long totalBytes) {
    this(
        inboundMessages,
        inboundBytes,
        outboundBytes,
        maxOutboundBytes,
        totalBytes,
        PATIENCE_MILLIS);
  }

  /** With the usual total. */
  public TransportLimits(
      int inboundMessages, int inboundBytes, int outboundBytes, int maxOutboundBytes) {
    this(inboundMessages, inboundBytes, outboundBytes, maxOutboundBytes, usualTotal());
  }

  /** The same with another patience. */
  public TransportLimits patient(long millis) {
    return new TransportLimits(
        inboundMessages, inboundBytes, outboundBytes, maxOutboundBytes, totalBytes, millis);
  }

  /**
   * What peers may make us keep.
   *
   * @param receiveBytes received but not taken, before reading pauses
   * @param sendBytes waiting to be sent, before nothing more is taken of the peer; what it is then
   *     told all the same may be a few of the largest messages
   */
  public static TransportLimits of(int receiveBytes, int sendBytes) {
    long most = Math.min(sendBytes + 3L * FrameHeader.MAX_PAYLOAD, Integer.MAX_VALUE);
    return new TransportLimits(MESSAGES, receiveBytes, sendBytes, (int) most);
  }

  /** An eighth of the heap, within reason. */
  private static long usualTotal() {
    long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    return Math.max(LEAST_TOTAL, Math.min(share, MOST_TOTAL));
  }
}
