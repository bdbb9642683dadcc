package org.farthing.node.app;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.farthing.node.config.NodeConfig;
import org.farthing.node.config.P2pConfig;
import org.farthing.node.peer.Resolver;
import org.farthing.node.transport.LineClient;
import org.farthing.node.transport.MessageTap;
import org.farthing.node.transport.NettyTransport;
import org.farthing.node.transport.TransportLimits;
import org.farthing.node.wire.NetAddress;

/**
 * What a node has as a process: real time, sockets, threads, and randomness that nobody can guess.
 */
record RealWorld(NodeConfig config, NodeClock clock, NodeThread thread, NodeThreads threads) {
  /** Sockets of its own. */
  NettyTransport transport() {
    P2pConfig.Link link = config.p2p().link();
    return new NettyTransport(
        config.params().network().magic(),
        link.encrypted(),
        TransportLimits.of(link.receiveBufferBytes(), link.sendBufferBytes()),
        thread.crowd(),
        threads.p2p(),
        taps(link));
  }

  private MessageTap.Source taps(P2pConfig.Link link) {
    Optional<MessageTap.Source> capture =
        config
            .folder()
            .filter(folder -> link.captures())
            .map(folder -> new MessageCapture(folder.messageCapture(), clock));
    return capture.orElse(MessageTap.Source.NONE);
  }

  /**
   * The world around a node with these sockets.
   *
   * @param stopping somebody wants the node to stop
   */
  Environment around(NettyTransport transport, BooleanSupplier stopping) {
    return new Environment(
        clock,
        thread,
        transport,
        new SystemResolver(config.params().network().ports().p2p(), threads.lookups(), thread),
        threads.workers(),
        new SecureRandom(),
        stopping);
  }

  /** Has Tor make an onion service whose calls are taken to the target. On the node's thread. */
  TorService talkToTor(NodeCore core, NetAddress target, Resolver resolver) {
    LineClient client = new LineClient(threads.p2p(), thread, TorService.MAX_LINE);
    return TorService.start(config, target, core, client, resolver);
  }
}
