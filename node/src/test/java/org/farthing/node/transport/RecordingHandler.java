package org.farthing.node.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.NetAddress;

/** Remembers everything that a transport tells it. */
class RecordingHandler implements ConnectionHandler {
  final List<Connection> connections = new CopyOnWriteArrayList<>();
  final List<Message> messages = new CopyOnWriteArrayList<>();
  final List<String> malformed = new CopyOnWriteArrayList<>();
  final List<String> closed = new CopyOnWriteArrayList<>();
  final List<String> failed = new CopyOnWriteArrayList<>();
  final List<Connection> writable = new CopyOnWriteArrayList<>();

  @Override
  public void connected(Connection connection) {
    connections.add(connection);
  }

  @Override
  public void received(Connection connection, Message message) {
    messages.add(message);
  }

  @Override
  public void malformed(
      Connection connection, String command, int payloadBytes, DecodeException problem) {
    malformed.add(command + " of " + payloadBytes + " bytes");
    ConnectionHandler.super.malformed(connection, command, payloadBytes, problem);
  }

  @Override
  public void writable(Connection connection) {
    writable.add(connection);
  }

  @Override
  public void closed(Connection connection, String reason) {
    closed.add(reason);
  }

  @Override
  public void failed(NetAddress to, String reason) {
    failed.add(reason);
  }

  /** The only connection, once it is there. */
  Connection connection() {
    await(() -> !connections.isEmpty());
    return connections.get(0);
  }

  static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .until(condition);
  }
}
