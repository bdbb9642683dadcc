package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.farthing.node.config.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * npm's {@code bitcoin-core}, a client of bitcoind that other people wrote, talks to a Farthing
 * node. Needs Node.js and npm; without them it is skipped.
 */
class NpmClientIT {
  private static final Path STORY = Path.of("src", "test", "npm", "bitcoin-core");

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void tellsAStoryOfMoney() throws Exception {
    assumeTrue(exists("node") && exists("npm"), "Node.js and npm are not installed");
    Path client = folder.resolve("client");
    copy(STORY, client);
    assertThat(run(client, "npm", "ci")).as("what npm said").doesNotContain("npm error");
    try (TestNodes nodes = new TestNodes(folder)) {
      Node node = nodes.startWith("node", Option.REST, Option.TX_INDEX);
      String[] login = Files.readString(node.config().data().cookie()).split(":", 2);

      String output =
          run(client, "node", "story.js", "http://127.0.0.1:" + node.rpcPort(), login[0], login[1]);

      assertThat(output.strip()).isEqualTo("the story is told");
    }
  }

  private static boolean exists(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from).filter(Files::isRegularFile)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, to.resolve(file.getFileName()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static String run(Path place, String... command) throws Exception {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(place.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output;
  }
}
