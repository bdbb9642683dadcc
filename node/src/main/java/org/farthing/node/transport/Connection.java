package org.farthing.node.transport;

import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;

/** A way to one other node. All methods may be called from any thread and return at once. */
public interface Connection {
  /** Tells connections of one transport apart; later ones have larger numbers, from 0 on. */
  long id();

  /** The other side, as its socket says. */
  NetAddress remote();

  /** Our side, as our socket says. */
  NetAddress local();

  /** The other side has connected to us. */
  boolean inbound();

  /**
   * Sends after everything sent before. Does nothing on a closed connection. A peer that does not
   * read what is sent to it loses the connection when too much waits for it.
   */
  void send(Message message);

  /**
   * False while so much waits to be sent that large answers had better wait; {@link
   * ConnectionHandler#writable} tells when it is true again.
   */
  boolean writable();

  /** Stops reading from the other side, which then has to wait, or goes on with it. */
  void setReading(boolean reading);

  /** How much has travelled so far. */
  Traffic traffic();

  /** How the bytes travel, as far as it is known. */
  Encryption encryption();

  /**
   * Closes once what was sent before is on its way, or a short time has passed. Nothing is received
   * afterwards.
   *
   * @param reason for people; {@link ConnectionHandler#closed} gets it
   */
  void close(String reason);
}
