package org.farthing.node.sync;

import java.util.Map;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.Encryption;
import org.farthing.node.transport.Traffic;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;

/** A connection that has a number, and that nothing travels on. */
record SilentConnection(long id, NetAddress remote) implements Connection {
  SilentConnection(long id) {
    this(id, NetAddress.NONE);
  }

  @Override
  public NetAddress local() {
    return NetAddress.NONE;
  }

  @Override
  public boolean inbound() {
    return true;
  }

  @Override
  public void send(Message message) {
    throw new AssertionError("machines send through their outbox: " + message);
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public void setReading(boolean reading) {
    throw new AssertionError("nothing travels here");
  }

  @Override
  public Traffic traffic() {
    return new Traffic(0, 0, Map.of(), Map.of());
  }

  @Override
  public Encryption encryption() {
    return new Encryption(Encryption.Protocol.V1, "");
  }

  @Override
  public void close(String reason) {
    throw new AssertionError("machines disconnect through their outbox: " + reason);
  }
}
