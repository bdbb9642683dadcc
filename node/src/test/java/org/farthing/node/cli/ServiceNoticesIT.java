package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.farthing.node.metrics.FakeSource;
import org.farthing.node.metrics.NodeProgress;
import org.farthing.node.metrics.NodeProgress.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The test listens where systemd would (sd_notify(3)). */
@Timeout(60)
class ServiceNoticesIT {
  @TempDir Path folder;
  private final BlockingQueue<String> datagrams = new LinkedBlockingQueue<>();
  private final FakeSource node =
      new FakeSource(
          Optional.empty(),
          Optional.empty(),
          new NodeProgress(Phase.STARTING, "Verifying blocks…", -1, -1));
  private EventLoopGroup loop;

  @BeforeEach
  void onLinuxOnly() {
    assumeTrue(Epoll.isAvailable(), "Unix datagrams are there on Linux only");
    loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  }

  @AfterEach
  void close() {
    if (loop != null) {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private Channel listen(String name) {
    return new Bootstrap()
        .group(loop)
        .channel(EpollDomainDatagramChannel.class)
        .handler(
            new SimpleChannelInboundHandler<DomainDatagramPacket>() {
              @Override
              protected void channelRead0(ChannelHandlerContext ctx, DomainDatagramPacket packet) {
                datagrams.add(packet.content().toString(StandardCharsets.UTF_8));
              }
            })
        .bind(new DomainSocketAddress(name))
        .syncUninterruptibly()
        .channel();
  }

  private ServiceNotices begin(Map<String, String> environment) {
    return ServiceNotices.begin(environment, () -> node).orElseThrow();
  }

  private String next() throws InterruptedException {
    String text = datagrams.poll(30, TimeUnit.SECONDS);
    assertThat(text).isNotNull();
    return text;
  }

  @Test
  void whatHappensIsToldOnce() throws InterruptedException {
    Path socket = folder.resolve("notify");
    listen(socket.toString());
    try (ServiceNotices notices = begin(Map.of("NOTIFY_SOCKET", socket.toString()))) {
      assertThat(next()).isEqualTo("STATUS=Verifying blocks…\n");
      notices.tell();
      node.progress(new NodeProgress(Phase.INITIAL_DOWNLOAD, "", 5, 9));
      notices.tell();
      assertThat(next()).isEqualTo("READY=1\nSTATUS=Catching up: block 5 of 9\n");
      node.progress(new NodeProgress(Phase.READY, "", 9, 9));
      notices.tell();
      assertThat(next()).isEqualTo("STATUS=Ready at block 9\n");
      node.progress(new NodeProgress(Phase.STOPPING, "", 9, 9));
    }
    assertThat(next()).isEqualTo("STOPPING=1\nSTATUS=Stopping\n");
    assertThat(datagrams).isEmpty();
  }

  /** A name in no file system, as containers have it; a watchdog of a tenth of a second. */
  @Test
  void theWatchdogIsFedWhileTheNodesThreadComesBy() throws InterruptedException {
    String name = "farthing-test-" + UUID.randomUUID();
    listen("\0" + name);
    node.progress(new NodeProgress(Phase.READY, "", 1, 1));
    try (ServiceNotices notices =
        begin(Map.of("NOTIFY_SOCKET", "@" + name, "WATCHDOG_USEC", "100000"))) {
      assertThat(next()).isEqualTo("READY=1\nSTATUS=Ready at block 1\n");
      assertThat(next()).isEqualTo("WATCHDOG=1\n");
      assertThat(next()).isEqualTo("WATCHDOG=1\n");
      node.lagSeconds(1);
      // From here on it starves: what comes yet was on its way, and then nothing for long.
      String late = datagrams.poll(2, TimeUnit.SECONDS);
      while (late != null) {
        assertThat(late).isEqualTo("WATCHDOG=1\n");
        late = datagrams.poll(2, TimeUnit.SECONDS);
      }
      node.lagSeconds(0);
      assertThat(next()).isEqualTo("WATCHDOG=1\n");
      node.progress(new NodeProgress(Phase.FAILED, "", 1, 1));
      notices.tell();
    }
  }

  @Test
  void anothersWatchdogIsNotFed() throws InterruptedException {
    Path socket = folder.resolve("notify");
    listen(socket.toString());
    try (ServiceNotices notices =
        begin(
            Map.of(
                "NOTIFY_SOCKET",
                socket.toString(),
                "WATCHDOG_USEC",
                "30000",
                "WATCHDOG_PID",
                "1"))) {
      assertThat(next()).startsWith("STATUS=");
      assertThat(datagrams.poll(1, TimeUnit.SECONDS)).isNull();
      notices.tell();
    }
  }

  @Test
  void withoutSystemdNobodyIsTold() {
    assertThat(ServiceNotices.begin(Map.of(), () -> node)).isEmpty();
    assertThat(ServiceNotices.begin(Map.of("NOTIFY_SOCKET", ""), () -> node)).isEmpty();
    String nowhere = folder.resolve("nobody").toString();
    assertThat(ServiceNotices.begin(Map.of("NOTIFY_SOCKET", nowhere), () -> node)).isEmpty();
  }
}
