package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: a network of real processes in which coins are mined and paid. */
class TestnetIT {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir private Path folder;

  @Test
  void aliceMinesAndPaysBob() throws IOException, InterruptedException {
    Launcher.Ended ended = Launcher.run(LIMIT, "testnet", "--exit-after-payment");
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .contains("starting 4 nodes")
        .contains("alice's first coins are mature")
        .contains("alice pays bob 1.00000000")
        .contains("in the mempool of every node")
        .contains("confirmed on every node")
        .contains("bob has 1.00000000")
        .contains("the network has ended");
  }

  @Test
  void aNetworkThatIsKeptGoesOn() throws IOException, InterruptedException {
    String[] command = {
      "testnet",
      "--nodes",
      "2",
      "--miners",
      "1",
      "--exit-after-payment",
      "--data",
      folder.toString()
    };
    Launcher.Ended first = Launcher.run(LIMIT, command);
    assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
    assertThat(first.out()).contains("bob has 1.00000000");
    Launcher.Ended second = Launcher.run(LIMIT, command);
    assertThat(second.exitCode()).as(second.out() + second.err()).isZero();
    assertThat(second.out()).contains("bob has 2.00000000");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("node1", "node2");
    }
  }
}
