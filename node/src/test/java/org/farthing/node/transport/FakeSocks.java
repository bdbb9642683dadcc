package org.farthing.node.transport;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS5 proxy (RFC 1928, RFC 1929) that takes every call to one place on this machine. */
final class FakeSocks implements Closeable {
  private static final int PASSWORD = 2;

  /** What it was asked for. */
  record Request(String host, int port, int addressType, String user, String password) {}

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Closeable> opened = new CopyOnWriteArrayList<>();
  private final ServerSocketChannel server;
  private final int answer;
  private final boolean wantsPassword;
  private final int destination;

  private FakeSocks(
      ServerSocketChannel server, int answer, boolean wantsPassword, int destination) {
    this.server = server;
    this.answer = answer;
    this.wantsPassword = wantsPassword;
    this.destination = destination;
    opened.add(server);
    start("fake-socks", this::accept);
  }

  /**
   * @param answer to each request; 0: it succeeds
   * @param destination the port that calls are taken to
   */
  static FakeSocks onPort(int answer, boolean wantsPassword, int destination) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return new FakeSocks(server, answer, wantsPassword, destination);
  }

  static FakeSocks onPath(Path path, int destination) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    return new FakeSocks(server, 0, true, destination);
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) server.getLocalAddress();
  }

  /** A port of this machine where nobody listens. */
  static InetSocketAddress nowhere() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }
  }

  /** Java's own streams of a channel cannot be read and written at the same time. */
  private static final class FromChannel extends InputStream {
    private final SocketChannel channel;

    FromChannel(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }
  }

  private static final class ToChannel extends OutputStream {
    private final SocketChannel channel;

    ToChannel(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The connection or the test has ended.
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (server.isOpen()) {
      SocketChannel client = server.accept();
      opened.add(client);
      start("fake-socks-client", () -> serve(client));
    }
  }

  private void serve(SocketChannel client) throws IOException {
    DataInputStream in = new DataInputStream(new FromChannel(client));
    OutputStream out = new ToChannel(client);
    in.readUnsignedByte();
    byte[] methods = in.readNBytes(in.readUnsignedByte());
    boolean offered = methods.length > 0 && methods[methods.length - 1] == PASSWORD;
    String user = null;
    String password = null;
    if (wantsPassword && offered) {
      out.write(new byte[] {5, PASSWORD});
      in.readUnsignedByte();
      user = text(in);
      password = text(in);
      out.write(new byte[] {1, 0});
    } else {
      out.write(new byte[] {5, 0});
    }
    in.readNBytes(3);
    int type = in.readUnsignedByte();
    String host = text(in);
    requests.add(new Request(host, in.readUnsignedShort(), type, user, password));
    out.write(new byte[] {5, (byte) answer, 0, 1, 0, 0, 0, 0, 0, 0});
    if (answer == 0) {
      forward(in, out);
    } else {
      client.close();
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
  }

  private void forward(InputStream in, OutputStream out) throws IOException {
    Socket peer = new Socket(InetAddress.getLoopbackAddress(), destination);
    opened.add(peer);
    start("fake-socks-back", () -> pump(peer.getInputStream(), out));
    try {
      pump(in, peer.getOutputStream());
    } catch (SocketException e) {
      peer.close();
    }
  }

  private static void pump(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
    }
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : opened) {
      each.close();
    }
  }
}
