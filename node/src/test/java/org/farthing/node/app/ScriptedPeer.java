package org.farthing.node.app;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.farthing.node.peer.LocalIdentity;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.SimulatedTransport;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.farthing.node.wire.WtxidRelay;

/**
 * A peer that says only what a test lets it say, and writes down what it hears. It calls a node,
 * and by itself only answers pings.
 */
final class ScriptedPeer implements ConnectionHandler {
  private final VirtualTime time;
  private final SimulatedTransport transport;
  final List<Message> heard = new ArrayList<>();
  Connection connection;
  String closedBecause;

  ScriptedPeer(VirtualTime time, SimulatedNetwork network) {
    this.time = time;
    this.transport = network.newHost(time.newScheduler());
  }

  static Version version(int protocol, long nonce) {
    return version(protocol, nonce, LocalIdentity.ALL_BLOCKS);
  }

  static Version version(int protocol, long nonce, long services) {
    return new Version(
        protocol,
        services,
        0,
        Version.Endpoint.NONE,
        Version.Endpoint.NONE,
        nonce,
        new Version.Client("/scripted/", 0, true));
  }

  /** Connects, without a word. */
  ScriptedPeer connect(SimulatedNode node) {
    NetAddress listening = node.core.gossip().listening().orElseThrow();
    NetAddress to = node.transport.address().withPort(listening.port());
    transport.connect(to, false, this, 1_000);
    time.runUntil(() -> connection != null, 5_000);
    return this;
  }

  /** Connects and shakes hands. */
  ScriptedPeer join(SimulatedNode node) {
    connect(node);
    say(version(Version.PROTOCOL, 77), new WtxidRelay(), new Verack());
    time.runUntil(() -> hears(MessageType.PING), 5_000);
    time.runFor(500);
    return this;
  }

  void say(Message... messages) {
    for (Message message : messages) {
      connection.send(message);
    }
  }

  /** Says it and lets a second pass. */
  void sayAndWait(Message... messages) {
    say(messages);
    time.runFor(1_000);
  }

  boolean hears(MessageType type) {
    return heard.stream().anyMatch(message -> message.type() == type);
  }

  long count(Predicate<Message> wanted) {
    return heard.stream().filter(wanted).count();
  }

  /** What the node asked this peer for. */
  List<InvItem> askedFor() {
    return heard.stream()
        .filter(GetData.class::isInstance)
        .flatMap(message -> ((GetData) message).items().stream())
        .toList();
  }

  boolean isClosed() {
    return closedBecause != null;
  }

  @Override
  public void connected(Connection newConnection) {
    connection = newConnection;
  }

  @Override
  public void received(Connection from, Message message) {
    heard.add(message);
    if (message instanceof Ping ping) {
      say(new Pong(ping.nonce()));
    }
  }

  @Override
  public void closed(Connection from, String reason) {
    closedBecause = reason;
  }

  @Override
  public void failed(NetAddress to, String reason) {
    throw new AssertionError("no connection to " + to + ": " + reason);
  }
}
