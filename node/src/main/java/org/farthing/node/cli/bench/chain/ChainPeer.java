package org.farthing.node.cli.bench.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.node.peer.LocalIdentity;
import org.farthing.node.transport.Connection;
import org.farthing.node.transport.ConnectionHandler;
import org.farthing.node.transport.EventLoops;
import org.farthing.node.transport.MessageTap;
import org.farthing.node.transport.NettyTransport;
import org.farthing.node.transport.TransportLimits;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.Pong;
import org.farthing.node.wire.SendAddrV2;
import org.farthing.node.wire.UnknownMessage;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.farthing.node.wire.WtxidRelay;

/**
 * A peer that has one chain and does nothing but serve it, as bytes, so that it takes next to
 * nothing of what the node that downloads it can have. It can be called plain or encrypted.
 */
public final class ChainPeer implements AutoCloseable, ConnectionHandler {
  private static final String AGENT = "/ChainPeer:1/";

  private final ChainFile chain;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final EventLoops loops = new EventLoops("chain-peer", 1);
  private final Map<Long, Deque<BlockHash>> wanted = new HashMap<>();
  private final NettyTransport transport =
      new NettyTransport(
          ConsensusParams.regtest().network().magic(),
          true,
          TransportLimits.DEFAULT,
          thread,
          loops,
          MessageTap.Source.NONE);
  private final NetAddress address;

  private ChainPeer(ChainFile chain) throws IOException {
    this.chain = chain;
    this.address = transport.listen(NetAddress.of(InetAddress.getLoopbackAddress(), 0), this);
  }

  /** Serves on a port that is free now. */
  public static ChainPeer serve(ChainFile chain) throws IOException {
    return new ChainPeer(chain);
  }

  /** Host and port. */
  public String address() {
    return address.toString();
  }

  @Override
  public void connected(Connection connection) {
    wanted.put(connection.id(), new ArrayDeque<>());
  }

  @Override
  public void received(Connection connection, Message message) {
    if (message instanceof Version) {
      connection.send(version());
      connection.send(new WtxidRelay());
      connection.send(new SendAddrV2());
      connection.send(new Verack());
    } else if (message instanceof Ping ping) {
      connection.send(new Pong(ping.nonce()));
    } else if (message instanceof GetHeaders question) {
      connection.send(new Headers(after(question.locator())));
    } else if (message instanceof GetData question) {
      question.items().stream()
          .filter(item -> item.type() == InvType.WITNESS_BLOCK)
          .map(InvItem::hash)
          .forEach(hash -> wanted.get(connection.id()).add((BlockHash) hash));
      writable(connection);
    }
  }

  private Version version() {
    return new Version(
        Version.PROTOCOL,
        LocalIdentity.ALL_BLOCKS,
        System.currentTimeMillis() / 1000,
        Version.Endpoint.NONE,
        Version.Endpoint.NONE,
        System.nanoTime(),
        new Version.Client(AGENT, chain.height(), true));
  }

  private List<BlockHeader> after(List<BlockHash> locator) {
    int known =
        locator.stream().map(chain::heightOf).flatMap(Optional::stream).findFirst().orElse(0);
    return chain.headers(known + 1, Headers.MAX_HEADERS);
  }

  @Override
  public void writable(Connection connection) {
    Deque<BlockHash> left = wanted.get(connection.id());
    while (left != null && connection.writable() && !left.isEmpty()) {
      Optional<Integer> height = chain.heightOf(left.remove());
      if (height.isPresent()) {
        connection.send(new UnknownMessage(MessageType.BLOCK.command(), block(height.get())));
      }
    }
  }

  private byte[] block(int height) {
    try {
      return chain.block(height);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void closed(Connection connection, String reason) {
    wanted.remove(connection.id());
  }

  @Override
  public void failed(NetAddress to, String reason) {
    throw new AssertionError("it calls nobody");
  }

  @Override
  public void close() {
    transport.close();
    loops.close();
    thread.shutdown();
  }
}
