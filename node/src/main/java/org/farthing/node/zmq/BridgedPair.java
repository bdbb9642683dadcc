package org.farthing.node.zmq;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Two connections of which each gets what the other sends. When one ends, so does the other. Of the
 * selector's thread.
 */
final class BridgedPair {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final SelectionKey outer;
  private final SelectionKey inner;
  private final ByteBuffer inwards = ByteBuffer.allocate(BUFFER_BYTES);
  private final ByteBuffer outwards = ByteBuffer.allocate(BUFFER_BYTES);

  private BridgedPair(SelectionKey outer, SelectionKey inner) {
    this.outer = outer;
    this.inner = inner;
    outer.attach(this);
    inner.attach(this);
  }

  static void join(SocketChannel outer, SocketChannel inner, Selector selector) throws IOException {
    outer.configureBlocking(false);
    inner.configureBlocking(false);
    var unused =
        new BridgedPair(
            outer.register(selector, SelectionKey.OP_READ),
            inner.register(selector, SelectionKey.OP_READ));
  }

  /** One of the two can read or write. */
  void ready() throws IOException {
    try {
      boolean open = move(outer, inwards, inner) && move(inner, outwards, outer);
      if (open) {
        outer.interestOps(interest(inwards, outwards));
        inner.interestOps(interest(outwards, inwards));
      } else {
        close();
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** False at the end of the stream. */
  private static boolean move(SelectionKey from, ByteBuffer buffer, SelectionKey to)
      throws IOException {
    int read = ((SocketChannel) from.channel()).read(buffer);
    buffer.flip();
    ((SocketChannel) to.channel()).write(buffer);
    buffer.compact();
    return read >= 0;
  }

  /** Reads while there is room, writes while there is something. */
  private static int interest(ByteBuffer toFill, ByteBuffer toDrain) {
    return (toFill.hasRemaining() ? SelectionKey.OP_READ : 0)
        | (toDrain.position() > 0 ? SelectionKey.OP_WRITE : 0);
  }

  private void close() throws IOException {
    outer.channel().close();
    inner.channel().close();
  }
}
