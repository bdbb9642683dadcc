package org.farthing.node.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A line between two processes that is as bad as a test wants it: a proxy on loopback. It delivers
 * bytes in their order, late, and not faster than it may; a segment that is lost holds up all that
 * follow it until it is sent again, which is what TCP makes of a loss.
 */
final class SlowLink implements AutoCloseable {
  private static final int SEGMENT = 1448;

  /** What may be under way in each direction: about what a socket takes. */
  private static final int SEGMENTS_UNDER_WAY = 256;

  /** The pause after which TCP sends again at the earliest. */
  private static final long RESEND_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /**
   * How a line is.
   *
   * @param roundTripMillis there and back
   * @param lossPercent of segments
   * @param bitsPerSecond in each direction
   */
  record Quality(long roundTripMillis, int lossPercent, long bitsPerSecond) {
    private long delayNanos() {
      return TimeUnit.MILLISECONDS.toNanos(roundTripMillis) / 2;
    }

    private long sendingNanos(int bytes) {
      return bytes * 8L * TimeUnit.SECONDS.toNanos(1) / bitsPerSecond;
    }
  }

  private record Segment(ByteBuffer bytes, long dueNanos) {}

  private final ServerSocket listening;
  private final int target;
  private final Quality quality;
  private final Random random;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean frozen;

  private SlowLink(ServerSocket listening, int target, Quality quality, long seed) {
    this.listening = listening;
    this.target = target;
    this.quality = quality;
    this.random = new Random(seed);
  }

  /** Leads to a port of this machine. */
  static SlowLink to(int port, Quality quality, long seed) throws IOException {
    ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    SlowLink link = new SlowLink(socket, port, quality, seed);
    start(link::accept);
    return link;
  }

  String address() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  /** Nothing arrives any more, in either direction; the connections stand. */
  void freeze() {
    frozen = true;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "slow-link");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listening.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        for (Socket each : List.of(near, far)) {
          each.setTcpNoDelay(true);
          sockets.add(each);
        }
        carry(near, far);
        carry(far, near);
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Segment> underWay = new ArrayBlockingQueue<>(SEGMENTS_UNDER_WAY);
    start(() -> take(from, underWay));
    start(() -> give(underWay, to));
  }

  private void take(Socket from, BlockingQueue<Segment> underWay) {
    long free = System.nanoTime();
    long due = 0;
    byte[] buffer = new byte[SEGMENT];
    try {
      InputStream in = from.getInputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(Arrays.copyOf(buffer, length));
        free = Math.max(free, System.nanoTime()) + quality.sendingNanos(length);
        due = Math.max(due, free + quality.delayNanos() + penaltyNanos());
        underWay.put(new Segment(bytes, due));
      }
    } catch (IOException e) {
      // The connection is over.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      underWay.put(new Segment(ByteBuffer.allocate(0), due));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized long penaltyNanos() {
    return random.nextInt(100) < quality.lossPercent()
        ? RESEND_NANOS + 2 * quality.delayNanos()
        : 0;
  }

  private void give(BlockingQueue<Segment> underWay, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      for (Segment next = underWay.take(); ; next = underWay.take()) {
        TimeUnit.NANOSECONDS.sleep(next.dueNanos() - System.nanoTime());
        if (!next.bytes().hasRemaining()) {
          if (!frozen) {
            to.close();
          }
          return;
        }
        if (!frozen) {
          out.write(next.bytes().array());
        }
      }
    } catch (IOException e) {
      // The connection is over.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
