package org.farthing.node.zmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Unix socket behind which stands a TCP port on loopback: bytes go through unchanged in both
 * directions, by one thread and in buffers of a fixed size.
 */
final class UnixBridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnixBridge.class);

  private final Path path;
  private final InetSocketAddress target;
  private final Selector selector;
  private final ServerSocketChannel listening;
  private final Thread thread;

  private UnixBridge(Path path, int port) throws IOException {
    this.path = path;
    this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.listening = listen(path);
    this.selector = Selector.open();
    this.thread = new Thread(this::run, "zmq-unix");
    thread.setDaemon(true);
  }

  /**
   * Listens at a path in the file system; a socket that another program has left there is replaced.
   *
   * @param port on loopback that takes the connections
   */
  static UnixBridge open(Path path, int port) throws IOException {
    UnixBridge bridge = new UnixBridge(path, port);
    bridge.listening.register(bridge.selector, SelectionKey.OP_ACCEPT);
    bridge.thread.start();
    return bridge;
  }

  private static ServerSocketChannel listen(Path path) throws IOException {
    removeSocket(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path));
      channel.configureBlocking(false);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Files and folders that happen to have the name are not ours to remove. */
  private static void removeSocket(Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isOther()) {
      Files.delete(path);
    }
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(this::ready);
      }
    } catch (ClosedSelectorException | IOException | UncheckedIOException e) {
      LOG.debug("ZMQ: {} is no longer served", path, e);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (!key.isValid()) {
        return;
      }
      if (key.isAcceptable()) {
        accept();
      } else {
        ((BridgedPair) key.attachment()).ready();
      }
    } catch (IOException e) {
      // One connection, or the attempt at one; the others go on.
      LOG.debug("ZMQ: a connection to {} failed", path, e);
    }
  }

  private void accept() throws IOException {
    SocketChannel outer = listening.accept();
    if (outer == null) {
      return;
    }
    try {
      BridgedPair.join(outer, SocketChannel.open(target), selector);
    } catch (IOException e) {
      outer.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
      thread.join();
      removeSocket(path);
    } catch (IOException e) {
      LOG.warn("ZMQ: {}: {}", path, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
