package org.farthing.node.transport;

import org.farthing.node.wire.FrameHeader;

/**
 * What may wait in one connection, so that neither a fast nor a slow peer costs more memory than
 * this.
 *
 * @param inboundMessages received but not yet taken by the handler, before reading pauses
 * @param inboundBytes of such messages, before reading pauses
 * @param outboundBytes waiting to be sent, before the connection is not {@link Connection#writable}
 * @param maxOutboundBytes waiting to be sent, before the connection is closed
 */
public record TransportLimits(
    int inboundMessages, int inboundBytes, int outboundBytes, int maxOutboundBytes) {
  /** Bitcoin Core's buffers (5 MB to receive, 1 MB to send), and six of the largest messages. */
  public static final TransportLimits DEFAULT =
      new TransportLimits(1000, 5_000_000, 1_000_000, 6 * FrameHeader.MAX_PAYLOAD);
}
