package org.farthing.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.farthing.node.config.ProxyAddress;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;

/**
 * Real sockets, and both protocols on them. Netty's loops turn bytes into messages; they decide
 * nothing.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen through the pipeline
public final class NettyTransport implements Transport {
  private static final int BACKLOG = 1024;
  private static final long SHUTDOWN_MILLIS = 5000;
  private static final long BRIDGE_MILLIS = 5000;

  private final int magic;
  private final boolean acceptsEncrypted;
  private final TransportLimits limits;
  private final Executor executor;
  private final EventLoops loops;
  private final MessageTap.Source taps;
  private final SharedLoad load;
  private final StreamIsolation credentials = new StreamIsolation();

  /** The way into I2P; null until somebody goes there. */
  private I2pCalls i2p;

  /** All that is open; null until there is a first socket. */
  private ChannelGroup channels;

  private final AtomicLong nextId = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param magic of the network, in one big-endian number
   * @param acceptsEncrypted whether who calls us may speak the encrypted protocol (BIP-0324)
   * @param executor runs the calls of handlers one after another, in the order of their submission
   * @param loops outlive the transport
   * @param taps see all messages
   */
  public NettyTransport(
      int magic,
      boolean acceptsEncrypted,
      TransportLimits limits,
      Executor executor,
      EventLoops loops,
      MessageTap.Source taps) {
    this.magic = magic;
    this.acceptsEncrypted = acceptsEncrypted;
    this.limits = limits;
    this.executor = executor;
    this.loops = loops;
    this.taps = taps;
    this.load = new SharedLoad(limits.totalBytes());
  }

  private synchronized ChannelGroup channels() {
    if (channels == null) {
      channels = new DefaultChannelGroup(loops.group().next(), true);
    }
    return channels;
  }

  /**
   * An address of IPv4 gets a socket of IPv4, as whoever looks at the sockets of this machine
   * expects; what listens on all addresses is to be reached by both.
   */
  private static NioServerSocketChannel serverChannel(InetSocketAddress socket) {
    boolean isIpv4 =
        socket.getAddress() instanceof Inet4Address && !socket.getAddress().isAnyLocalAddress();
    return isIpv4
        ? new NioServerSocketChannel(SelectorProvider.provider(), SocketProtocolFamily.INET)
        : new NioServerSocketChannel();
  }

  @Override
  public NetAddress listen(NetAddress local, ConnectionHandler handler) throws IOException {
    InetSocketAddress socket =
        local
            .toSocketAddress()
            .orElseThrow(() -> new IOException("cannot listen on " + local + ": no such network"));
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops.group())
            .channelFactory(() -> serverChannel(socket))
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark())
            .childHandler(new Setup(null, acceptsEncrypted, handler))
            .bind(socket)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "cannot listen on " + local + ": " + NettyConnection.describe(bound.cause()),
          bound.cause());
    }
    channels().add(bound.channel());
    return NetAddress.of((InetSocketAddress) bound.channel().localAddress());
  }

  @Override
  public void connect(Target target, ConnectionHandler handler, long timeoutMillis) {
    if (closed) {
      return;
    }
    NetAddress to = target.address();
    Optional<Proxy> proxy = target.proxy();
    Consumer<Throwable> failed =
        cause -> call(() -> handler.failed(to, NettyConnection.describe(cause)));
    Setup setup = new Setup(to, target.encrypted(), handler);
    if (proxy.isPresent() && to.network() == AddressNetwork.I2P) {
      callThroughI2p(to, proxy.get(), setup, failed);
      return;
    }
    Optional<SocketAddress> socket =
        proxy.isPresent()
            ? Optional.of(InetSocketAddress.createUnresolved(target.host(), to.port()))
            : to.toSocketAddress().map(SocketAddress.class::cast);
    if (socket.isEmpty()) {
      call(() -> handler.failed(to, "no way into the network " + to.network().label()));
      return;
    }
    Bootstrap bootstrap = bootstrap(loops.group(), timeoutMillis);
    if (proxy.isPresent()) {
      new ProxyCall(proxy.get(), credentials, setup::enter, failed)
          .over(bootstrap, channel -> channels().add(channel))
          .connect(socket.get())
          .addListener(reached -> ifFailed(reached, failed));
    } else {
      tcp(bootstrap)
          .handler(setup)
          .connect(socket.get())
          .addListener(connected -> ifFailed(connected, failed));
    }
  }

  private void callThroughI2p(NetAddress to, Proxy proxy, Setup setup, Consumer<Throwable> failed) {
    I2pCalls calls = i2p(proxy);
    calls.run(() -> calls.call(to, proxy.isolated(), setup::enter, failed));
  }

  /**
   * Lets peers call through I2P from now on, as often as the bridge can be reached.
   *
   * @param through the bridge; our calls go through it too
   */
  public void acceptFromI2p(Proxy through, I2pIdentity identity, ConnectionHandler handler) {
    I2pCalls calls = i2p(through);
    Setup setup = new Setup(null, acceptsEncrypted, handler);
    I2pDoor.Bell bell =
        new I2pDoor.Bell() {
          @Override
          public void reachable(NetAddress address) {
            call(() -> identity.reachable(address));
          }

          @Override
          public void unreachable(NetAddress address) {
            call(() -> identity.unreachable(address));
          }
        };
    calls.run(() -> calls.open(identity, setup::enter, bell, () -> closed));
  }

  private synchronized I2pCalls i2p(Proxy proxy) {
    if (i2p == null) {
      EventLoop loop = loops.group().next();
      InetSocketAddress address = ((ProxyAddress.Port) proxy.address()).socket();
      i2p =
          new I2pCalls(
              new SamBridge(
                  loop, () -> tcp(bootstrap(loop, BRIDGE_MILLIS)), address, channels()::add));
    }
    return i2p;
  }

  private Bootstrap bootstrap(EventLoopGroup group, long timeoutMillis) {
    return new Bootstrap()
        .group(group)
        .disableResolver()
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeoutMillis))
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, waterMark());
  }

  private static Bootstrap tcp(Bootstrap bootstrap) {
    return bootstrap.channel(NioSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);
  }

  private static void ifFailed(Future<?> future, Consumer<Throwable> then) {
    if (!future.isSuccess()) {
      then.accept(future.cause());
    }
  }

  private WriteBufferWaterMark waterMark() {
    return new WriteBufferWaterMark(limits.outboundBytes() / 2, limits.outboundBytes());
  }

  @Override
  public void close() {
    ChannelGroup open;
    synchronized (this) {
      closed = true;
      open = channels;
    }
    if (open != null) {
      open.close().awaitUninterruptibly(SHUTDOWN_MILLIS);
    }
  }

  /** Passes a call on to the owner, unless the transport or the owner has ended. */
  private void call(Runnable task) {
    if (closed) {
      return;
    }
    try {
      executor.execute(
          () -> {
            if (!closed) {
              task.run();
            }
          });
    } catch (RejectedExecutionException e) {
      // The owner has ended before us: there is nobody left who wants to know.
      closed = true;
    }
  }

  /** Makes the pipeline of one socket. */
  private final class Setup extends ChannelInitializer<Channel> {
    /** The other side, or null to ask the socket. */
    private final NetAddress to;

    private final boolean encrypted;
    private final ConnectionHandler handler;

    Setup(NetAddress to, boolean encrypted, ConnectionHandler handler) {
      this.to = to;
      this.encrypted = encrypted;
      this.handler = handler;
    }

    @Override
    protected void initChannel(Channel channel) {
      channels().add(channel);
      channel.pipeline().addLast(new Entry(this));
    }

    private void enter(Channel channel) {
      NetAddress remote = to == null ? addressOf(channel.remoteAddress()) : to;
      enter(channel, new Ends(remote, addressOf(channel.localAddress()), to == null));
    }

    private void enter(Channel channel, Ends ends) {
      Traffic.Counter traffic = new Traffic.Counter();
      NettyConnection connection =
          new NettyConnection(
              channel,
              new NettyConnection.Route(nextId.getAndIncrement(), ends),
              new NettyConnection.Bounds(limits, load),
              traffic,
              handler,
              NettyTransport.this::call);
      MessageTap tap = taps.tap(ends.remote());
      channel.pipeline().addLast(new TrafficMeter(traffic));
      if (encrypted) {
        channel
            .pipeline()
            .addLast(new V2Codec(magic, !ends.inbound(), traffic, tap, connection::found));
      } else {
        connection.found(Encryption.NONE);
        channel
            .pipeline()
            .addLast(new V1Decoder(magic, traffic, tap), new V1Encoder(magic, traffic, tap));
      }
      channel.pipeline().addLast(connection);
    }
  }

  /** Of a socket that may be gone already. */
  private static NetAddress addressOf(SocketAddress address) {
    return address instanceof InetSocketAddress socket ? NetAddress.of(socket) : NetAddress.NONE;
  }

  /** Stands at the door until the addresses of both sides are known. */
  private static final class Entry extends ChannelInboundHandlerAdapter {
    private final Setup setup;

    Entry(Setup setup) {
      this.setup = setup;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      setup.enter(context.channel());
      context.fireChannelActive();
      context.pipeline().remove(this);
    }
  }
}
