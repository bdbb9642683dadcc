package org.farthing.node.rpc.electrum;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.farthing.consensus.primitives.BlockHash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Electrum protocol over TCP: a JSON object on each line. */
public final class ElectrumServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ElectrumServer.class);

  private static final int MAX_CONNECTIONS = 500;

  /** Enough for the largest standard transaction in hex. */
  private static final int MAX_LINE_BYTES = 1024 * 1024;

  private static final int IDLE_SECONDS = 600;
  private static final int STOP_SECONDS = 5;

  private final ElectrumPort node;
  private final ServerInfo info;
  private final ScriptCalls scripts;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(2, new DefaultThreadFactory("electrum", true));
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("electrum-io", true), NioIoHandler.newFactory());
  private final Set<ClientHandler> clients = ConcurrentHashMap.newKeySet();
  private Channel listening;

  private ElectrumServer(ElectrumPort node, String software, BlockHash genesis) {
    this.node = node;
    this.info = new ServerInfo(software, genesis);
    this.scripts = new ScriptCalls(node);
  }

  /**
   * Listens.
   *
   * @param address where; port 0 takes any free one
   * @param software what clients are told that they speak to
   * @param genesis of the network
   * @throws IOException if the port is in use, with the reason for people
   */
  public static ElectrumServer start(
      InetSocketAddress address, ElectrumPort node, String software, BlockHash genesis)
      throws IOException {
    ElectrumServer server = new ElectrumServer(node, software, genesis);
    var bound = server.bootstrap().bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      server.close();
      throw new IOException(
          ("Cannot listen for Electrum clients on %s port %d: %s. Choose another port with"
                  + " --electrum (0 takes any free one).")
              .formatted(address.getHostString(), address.getPort(), bound.cause().getMessage()),
          bound.cause());
    }
    server.listening = bound.channel();
    LOG.info("Electrum: listening on {} port {}", address.getHostString(), server.port());
    return server;
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept(channel);
              }
            });
  }

  private void accept(SocketChannel channel) {
    if (clients.size() >= MAX_CONNECTIONS) {
      var unused = channel.close();
      return;
    }
    ClientHandler client =
        new ClientHandler(new Session(node, info, scripts), workers, clients::remove);
    clients.add(client);
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(true, 0, 0, IDLE_SECONDS, TimeUnit.SECONDS),
            new LineBasedFrameDecoder(MAX_LINE_BYTES),
            new StringDecoder(StandardCharsets.UTF_8),
            new StringEncoder(StandardCharsets.UTF_8),
            client);
  }

  /** The TCP port that was bound. */
  public int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /** Chain or mempool have changed: clients hear of it if it concerns them. Any thread. */
  public void changed() {
    clients.forEach(ClientHandler::changed);
  }

  @Override
  public void close() {
    if (listening != null) {
      listening.close().awaitUninterruptibly();
    }
    workers.shutdownNow();
    loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
