package org.farthing.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.proxy.Socks5ProxyHandler;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.function.Consumer;
import org.farthing.node.config.ProxyAddress;

/**
 * A call through a SOCKS5 proxy (RFC 1928). The proxy is asked for names, also where we know the
 * number, so that nothing tells those who use names from those who use numbers; and it is the only
 * one that looks names up.
 */
@SuppressWarnings("FutureReturnValueIgnored") // outcomes are seen through the pipeline
final class ProxyCall {
  /** How long a proxy may take: a way through Tor is not made at once. */
  private static final long ANSWER_MILLIS = 20_000;

  private final Proxy proxy;
  private final StreamIsolation credentials;
  private final Consumer<Channel> connected;
  private final Consumer<Throwable> failed;

  /**
   * @param connected gets the channel once the other side is reached
   * @param failed gets the reason if the proxy does not reach it
   */
  ProxyCall(
      Proxy proxy,
      StreamIsolation credentials,
      Consumer<Channel> connected,
      Consumer<Throwable> failed) {
    this.proxy = proxy;
    this.credentials = credentials;
    this.connected = connected;
    this.failed = failed;
  }

  /** Lets the bootstrap's channels go through the proxy; they are to connect to the peer. */
  Bootstrap over(Bootstrap bootstrap, Consumer<Channel> opened) {
    SocketAddress address;
    if (proxy.address() instanceof ProxyAddress.Unix unix) {
      address = UnixDomainSocketAddress.of(unix.path());
      bootstrap.channel(NioDomainSocketChannel.class);
    } else {
      address = ((ProxyAddress.Port) proxy.address()).socket();
      bootstrap.channel(NioSocketChannel.class).option(ChannelOption.TCP_NODELAY, true);
    }
    return bootstrap.handler(
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            opened.accept(channel);
            channel.pipeline().addLast(handler(address), new Waiting());
          }
        });
  }

  private Socks5ProxyHandler handler(SocketAddress address) {
    String secret = proxy.isolated() ? credentials.next() : null;
    Socks5ProxyHandler handler = new Socks5ProxyHandler(address, secret, secret);
    handler.setConnectTimeoutMillis(ANSWER_MILLIS);
    return handler;
  }

  /** Keeps the proxy's words from the peer's handlers. */
  private final class Waiting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      // The proxy is there; the peer is not yet.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ProxyConnectionEvent) {
        connected.accept(context.channel());
        context.fireChannelActive();
        context.pipeline().remove(this);
      } else {
        context.fireUserEventTriggered(event);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failed.accept(new IOException("through the proxy " + proxy + ": " + cause.getMessage()));
      context.pipeline().remove(this);
      context.close();
    }
  }
}
