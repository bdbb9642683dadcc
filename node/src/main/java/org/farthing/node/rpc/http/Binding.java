package org.farthing.node.rpc.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.farthing.node.config.BindAddress;
import org.farthing.node.config.RpcConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens at all addresses that can be had; one at least. */
final class Binding {
  private static final Logger LOG = LoggerFactory.getLogger(Binding.class);

  private final EventLoopGroup loops;
  private final Consumer<SocketChannel> accept;
  private final List<Channel> channels = new ArrayList<>();
  private String failure = "";

  /**
   * Binds.
   *
   * @param accept prepares new connections, on their loops
   * @throws IOException if no address can be had; the message says why
   */
  Binding(RpcConfig.Listen wanted, EventLoopGroup loops, Consumer<SocketChannel> accept)
      throws IOException {
    this.loops = loops;
    this.accept = accept;
    for (BindAddress address : wanted.binds()) {
      int port = address.portOr(wanted.port());
      // Any free port, but the same one at all addresses.
      boolean same = port == 0 && address.port().isEmpty() && !channels.isEmpty();
      bind(address.host(), same ? port(channels.get(0)) : port);
    }
    if (channels.isEmpty()) {
      throw new IOException(failure);
    }
  }

  /** Where somebody else listens, programs would talk to them. */
  private boolean isTaken(Throwable cause) {
    return channels.isEmpty()
        && cause instanceof BindException
        && cause.getMessage().contains("in use");
  }

  private void bind(String host, int port) throws IOException {
    LOG.info("Binding RPC on address {} port {}", host, port);
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      LOG.warn("Could not bind RPC on address {} port {}: Address lookup failed.", host, port);
      failure = "rpc-bind: " + host + " is not known";
      return;
    }
    if (address.isAnyLocalAddress()) {
      LOG.warn(
          "The RPC server is not safe to expose to untrusted networks such as the public internet");
    }
    ChannelFuture bound =
        bootstrap(address).bind(new InetSocketAddress(address, port)).awaitUninterruptibly();
    if (bound.isSuccess()) {
      channels.add(bound.channel());
      LOG.info("RPC: listening on {} port {}", host, port(bound.channel()));
      return;
    }
    LOG.warn("Binding RPC on address {} failed: {}", host, bound.cause().getMessage());
    if (failure.isEmpty()) {
      failure =
          ("Cannot listen for RPC on %s port %d: %s. Is another node running? Choose another port"
                  + " with --rpc-port (0 takes any free one).")
              .formatted(host, port, bound.cause().getMessage());
    }
    if (isTaken(bound.cause())) {
      throw new IOException(failure, bound.cause());
    }
  }

  private ServerBootstrap bootstrap(InetAddress address) {
    SocketProtocolFamily family =
        address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
    return new ServerBootstrap()
        .group(loops)
        .channelFactory(() -> new NioServerSocketChannel(SelectorProvider.provider(), family))
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept.accept(channel);
              }
            });
  }

  List<Channel> channels() {
    return List.copyOf(channels);
  }

  /** The TCP port of a channel that listens. */
  static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }
}
