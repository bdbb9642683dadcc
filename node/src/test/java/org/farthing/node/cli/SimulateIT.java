package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.outcome.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated network, as somebody would run it. */
class SimulateIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir private Path directory;

  private static Launcher.Ended simulate(String... more) throws Exception {
    String[] arguments = new String[more.length + 1];
    arguments[0] = "simulate";
    System.arraycopy(more, 0, arguments, 1, more.length);
    return Launcher.run(LIMIT, arguments);
  }

  @Test
  void twoProcessesSeeTheSame() throws Exception {
    Path plan = directory.resolve("plan.json");
    Files.writeString(
        plan,
        """
        {"nodes": 10, "minutes": 8, "mining": {"blockSeconds": 60}, "payments": {"perMinute": 20},
         "leavesPerHour": 60, "partitions": [{"atMinute": 1, "minutes": 2}]}
        """);
    String[] arguments = {plan.toString(), "--seed", "11", "--json"};
    Launcher.Ended first = simulate(arguments);
    assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.OK);
    JsonNode one = Json.parse(first.out());
    JsonNode other = Json.parse(simulate(arguments).out());
    assertThat(one.path("trace").asText()).hasSize(64).isEqualTo(other.path("trace").asText());
    assertThat(one.path("events").asLong()).isGreaterThan(1000);
    assertThat(one.path("seed").asLong()).isEqualTo(11);
  }

  @Test
  void peopleGetTables() throws Exception {
    Launcher.Ended ended = simulate("--nodes", "5", "--minutes", "5");
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(ExitCode.OK);
    assertThat(ended.out()).contains("5 nodes", "SECONDS UNTIL NODES HAVE IT", "trace ");
  }

  @Test
  void aPlanThatCannotBeIsExplained() throws Exception {
    Launcher.Ended ended = simulate("--nodes", "0");
    assertThat(ended.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.err()).contains("nodes: from 1");
    Path plan = directory.resolve("no-plan.json");
    Files.writeString(plan, "[");
    assertThat(simulate(plan.toString()).err()).contains("is no JSON");
  }
}
