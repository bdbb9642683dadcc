package org.farthing.node.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many hostile peers of one node, each on a thread and a socket of its own: they shake hands and
 * then send what they can, valid, invalid and senseless messages, for as long as they are let. Who
 * is thrown out comes again. Of four peers one never reads what it is answered.
 */
public final class Flood implements AutoCloseable {
  /**
   * How strong it is.
   *
   * @param bytesInSecond that all of them together send at most
   */
  public record Force(int peers, long bytesInSecond) {}

  private static final int CONNECT_MILLIS = 2000;
  private static final long PAUSE_MILLIS = 20;
  private static final int SHARE_OF_SILENT = 4;
  private static final int READ_BUFFER = 1 << 16;

  private final InetSocketAddress target;
  private final FloodCorpus corpus;
  private final double nanosForByte;
  private final List<Thread> peers = new ArrayList<>();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private volatile boolean over;

  private Flood(InetSocketAddress target, FloodCorpus corpus, Force force) {
    this.target = target;
    this.corpus = corpus;
    this.nanosForByte = 1e9 * force.peers() / force.bytesInSecond();
  }

  /**
   * Begins.
   *
   * @param magic of the node's network
   * @param seed decides what they say
   */
  public static Flood begin(InetSocketAddress target, int magic, Force force, long seed) {
    Flood flood = new Flood(target, new FloodCorpus(magic, new Random(seed)), force);
    for (int i = 0; i < force.peers(); i++) {
      Random random = new Random(seed + i);
      boolean reads = i % SHARE_OF_SILENT != 0;
      Thread peer = new Thread(() -> flood.play(random, reads), "hostile peer " + i);
      peer.setDaemon(true);
      flood.peers.add(peer);
      peer.start();
    }
    return flood;
  }

  /** How many messages have been sent. */
  public long messages() {
    return messages.get();
  }

  /** How many bytes have been sent. */
  public long bytes() {
    return bytes.get();
  }

  /** How often a peer came, the first time included. */
  public long connections() {
    return connections.get();
  }

  private void play(Random random, boolean reads) {
    while (!over) {
      try (Socket socket = new Socket()) {
        socket.connect(target, CONNECT_MILLIS);
        connections.incrementAndGet();
        talk(socket, random, reads);
      } catch (IOException e) {
        // Thrown out, or not let in: that is what the node should do.
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void talk(Socket socket, Random random, boolean reads) throws IOException {
    OutputStream out = socket.getOutputStream();
    InputStream in = socket.getInputStream();
    byte[] ignored = new byte[READ_BUFFER];
    for (byte[] greeting : corpus.greeting(random.nextLong())) {
      out.write(greeting);
    }
    long due = System.nanoTime();
    while (!over) {
      byte[] message = corpus.any(random);
      await(due);
      due += (long) (message.length * nanosForByte);
      out.write(message);
      messages.incrementAndGet();
      bytes.addAndGet(message.length);
      while (reads && in.available() > 0) {
        if (in.read(ignored) < 0) {
          return;
        }
      }
    }
  }

  /** Returns at that time, and at once if it has passed. */
  private static void await(long dueNanos) throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the flood is over", e);
    }
  }

  /** Ends it. Whoever waits for the node to read is not waited for. */
  @Override
  public void close() {
    over = true;
    peers.forEach(Thread::interrupt);
  }
}
