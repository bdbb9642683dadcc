package org.farthing.node.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where I2P is reached.
 *
 * @param loop on which everything happens that is said to it
 * @param sockets make connections on that loop
 * @param opened sees each of them
 */
record SamBridge(
    EventLoop loop,
    Supplier<Bootstrap> sockets,
    InetSocketAddress address,
    Consumer<Channel> opened) {
  CompletableFuture<SamLine> open() {
    return SamLine.open(sockets.get(), this);
  }

  @Override
  public String toString() {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
