package org.farthing.node.zmq;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.node.config.ZmqAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Sockets that publish (PUB). A message has three parts: topic, body, and a number that counts the
 * messages of its topic at its address from 0 (four bytes, little-endian), by which a reader sees
 * what it has missed. Who reads too slowly loses messages; nobody makes the node wait.
 *
 * <p>To be used by one thread.
 */
public final class ZmqPublisher implements Messages, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ZmqPublisher.class);

  private static final String TCP = "tcp://";
  private static final String IPC = "ipc://";
  private static final String ANY_LOOPBACK_PORT = "tcp://127.0.0.1:*";

  private final ZMQ.Context context = ZMQ.context(1);
  private final Map<String, ZMQ.Socket> sockets = new LinkedHashMap<>();
  private final List<UnixBridge> bridges = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();

  private ZmqPublisher() {}

  /** One topic at one address. */
  private static final class Channel {
    private final ZmqAddress address;
    private final byte[] label;
    private final ZMQ.Socket socket;
    private int sequence;

    Channel(ZmqAddress address, ZMQ.Socket socket) {
      this.address = address;
      this.label = address.topic().label().getBytes(StandardCharsets.US_ASCII);
      this.socket = socket;
    }

    /** Whether the message is on its way to whoever reads fast enough. */
    boolean send(byte[] body) {
      byte[] number = new ByteWriter(Integer.BYTES).int32(sequence).toByteArray();
      if (!socket.sendMore(label) || !socket.sendMore(body) || !socket.send(number)) {
        return false;
      }
      sequence++;
      return true;
    }
  }

  /**
   * Opens the sockets, one for each address.
   *
   * @return empty if one of them cannot be opened, which the log says: a node without messages is
   *     better than none
   */
  public static Optional<ZmqPublisher> open(List<ZmqAddress> addresses) {
    ZmqPublisher publisher = new ZmqPublisher();
    for (ZmqAddress address : addresses) {
      try {
        publisher.add(address);
      } catch (ZMQException | IllegalArgumentException | IOException e) {
        LOG.error(
            "ZMQ: unable to bind {} for {}: {}",
            address.address(),
            address.topic().label(),
            e.getMessage());
        publisher.close();
        return Optional.empty();
      }
    }
    return Optional.of(publisher);
  }

  private void add(ZmqAddress wanted) throws IOException {
    ZMQ.Socket socket = sockets.get(wanted.address());
    if (socket == null) {
      socket = bind(wanted);
      sockets.put(wanted.address(), socket);
    }
    String bound = wanted.address().startsWith(IPC) ? wanted.address() : socket.getLastEndpoint();
    channels.add(new Channel(wanted.at(bound), socket));
    LOG.debug("ZMQ: {} at {}", wanted.topic().label(), bound);
  }

  private ZMQ.Socket bind(ZmqAddress wanted) throws IOException {
    ZMQ.Socket socket = context.socket(SocketType.PUB);
    try {
      socket.setSndHWM(wanted.highWaterMark());
      socket.setLinger(0);
      socket.setTCPKeepAlive(1);
      if (wanted.address().startsWith(IPC)) {
        bindUnix(socket, Path.of(wanted.address().substring(IPC.length())));
      } else {
        socket.setIPv6(isIpv6(wanted.address()));
        socket.bind(wanted.address());
      }
      return socket;
    } catch (ZMQException | IllegalArgumentException | IOException e) {
      socket.close();
      throw e;
    }
  }

  /** JeroMQ has no Unix sockets of its own. */
  private void bindUnix(ZMQ.Socket socket, Path path) throws IOException {
    socket.bind(ANY_LOOPBACK_PORT);
    String bound = socket.getLastEndpoint();
    int port = Integer.parseInt(bound.substring(bound.lastIndexOf(':') + 1));
    bridges.add(UnixBridge.open(path, port));
  }

  private static boolean isIpv6(String address) {
    return address.startsWith(TCP + "[");
  }

  /** Where each topic is published, with the ports that were taken. */
  public List<ZmqAddress> addresses() {
    return channels.stream().map(channel -> channel.address).toList();
  }

  @Override
  public boolean has(ZmqAddress.Topic topic) {
    return channels.stream().anyMatch(channel -> channel.address.topic() == topic);
  }

  @Override
  public void publish(ZmqAddress.Topic topic, byte[] body) {
    channels.removeIf(channel -> channel.address.topic() == topic && !sent(channel, body));
  }

  private static boolean sent(Channel channel, byte[] body) {
    boolean sent = channel.send(body);
    if (!sent) {
      LOG.error(
          "ZMQ: no more {} at {}: error {}",
          channel.address.topic().label(),
          channel.address.address(),
          channel.socket.errno());
    }
    return sent;
  }

  /** Ends all connections; what was not read is lost. */
  @Override
  public void close() {
    channels.clear();
    bridges.forEach(UnixBridge::close);
    sockets.values().forEach(ZMQ.Socket::close);
    context.close();
  }
}
