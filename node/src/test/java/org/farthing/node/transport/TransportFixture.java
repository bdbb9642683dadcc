package org.farthing.node.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageCodec;
import org.farthing.node.wire.NetAddress;

/** Transports and sockets that end with the test. */
final class TransportFixture implements Closeable {
  static final int MAGIC = ConsensusParams.regtest().network().magic();
  static final NetAddress ANY_PORT = NetAddress.of(InetAddress.getLoopbackAddress(), 0);

  private final List<Closeable> opened = new ArrayList<>();
  private final boolean acceptsEncrypted;

  /**
   * @param acceptsEncrypted whether who calls may speak the encrypted protocol; it has to speak
   *     first then
   */
  TransportFixture(boolean acceptsEncrypted) {
    this.acceptsEncrypted = acceptsEncrypted;
  }

  /** Its handlers are called on a thread of their own. */
  NettyTransport transport(TransportLimits limits) {
    ExecutorService owner = Executors.newSingleThreadExecutor();
    opened.add(owner::shutdownNow);
    return transport(limits, owner);
  }

  NettyTransport transport(TransportLimits limits, Executor owner) {
    EventLoops loops = new EventLoops("p2p", 2);
    opened.add(loops::close);
    NettyTransport transport =
        new NettyTransport(MAGIC, acceptsEncrypted, limits, owner, loops, MessageTap.Source.NONE);
    opened.add(transport::close);
    return transport;
  }

  static NetAddress listen(NettyTransport transport, ConnectionHandler handler) throws IOException {
    NetAddress address = transport.listen(ANY_PORT, handler);
    assertThat(address.port()).isPositive();
    return address;
  }

  /** A peer that speaks bytes. */
  Socket rawSocket(NetAddress to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
    opened.add(socket);
    return socket;
  }

  static byte[] frame(int magic, Message message) {
    byte[] payload = MessageCodec.encode(message);
    ByteWriter out = new ByteWriter();
    FrameHeader.of(magic, message.command(), payload).writeTo(out);
    return out.bytes(payload).toByteArray();
  }

  /** The names of all threads that live. */
  static Stream<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
  }

  @Override
  public void close() throws IOException {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }
}
