package org.farthing.node.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads on which Netty reads and writes; any number of sockets, servers and nodes can
 * share them. To be closed after all of those. (Then Netty's own helper thread, which all users of
 * Netty in a process share, stays for one more second.)
 */
public final class EventLoops implements AutoCloseable {
  private static final long SHUTDOWN_MILLIS = 5000;
  private static final String FLIGHT_RECORDER = "io.netty.jfr.enabled";
  private static final String SOCKETS = "java.nio.channels.spi.SelectorProvider";

  private final String name;
  private final int threads;
  private EventLoopGroup group;

  /**
   * This process is ours; to be called before anything of Netty is loaded. Netty's buffers need not
   * offer events to the flight recorder, whose set-up takes a tenth of a start, unless somebody
   * wants them ({@code -Dio.netty.jfr.enabled=true}). And the usual sockets of Linux are named: to
   * find out that nobody offers others, Java opens each jar, which takes another tenth.
   */
  public static void ofThisProcess() {
    if (System.getProperty(FLIGHT_RECORDER) == null) {
      System.setProperty(FLIGHT_RECORDER, "false");
    }
    if (System.getProperty(SOCKETS) == null && System.getProperty("os.name").equals("Linux")) {
      try {
        System.setProperty(SOCKETS, Class.forName("sun.nio.ch.EPollSelectorProvider").getName());
      } catch (ClassNotFoundException e) {
        // Then Java has to look for it.
        return;
      }
    }
  }

  /** Nothing is made before it is needed. */
  public EventLoops(String name, int threads) {
    this.name = name;
    this.threads = threads;
  }

  /** For those who know Netty; not after the end. */
  public synchronized EventLoopGroup group() {
    if (group == null) {
      group =
          new MultiThreadIoEventLoopGroup(
              threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }
    return group;
  }

  /** Ends the threads, and waits for it. */
  @Override
  public synchronized void close() {
    if (group != null) {
      group
          .shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(2 * SHUTDOWN_MILLIS);
    }
  }
}
