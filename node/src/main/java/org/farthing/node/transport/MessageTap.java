package org.farthing.node.transport;

import java.util.function.Supplier;
import org.farthing.node.wire.NetAddress;

/**
 * Sees the messages of one connection as they are on their way: what came, before anybody decodes
 * it, and what is about to be sent. Called on the thread of the connection's socket, never by two
 * at once.
 */
public interface MessageTap {
  /** Looks at nothing. */
  MessageTap NONE =
      new MessageTap() {
        @Override
        public void received(String command, Supplier<byte[]> payload) {}

        @Override
        public void sent(String command, byte[] payload) {}
      };

  /**
   * A message came whole, whether it makes sense or not.
   *
   * @param payload for whoever wants to see it; must not be changed
   */
  void received(String command, Supplier<byte[]> payload);

  /** A message goes out; the payload must not be changed. */
  void sent(String command, byte[] payload);

  /** Makes the tap of each connection. */
  interface Source {
    /** Looks at nothing. */
    Source NONE =
        new Source() {
          @Override
          public MessageTap tap(NetAddress remote) {
            return MessageTap.NONE;
          }
        };

    MessageTap tap(NetAddress remote);
  }
}
