package org.farthing.node.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.simulate.SimulationView;
import org.farthing.node.simulation.PlanFile;
import org.farthing.node.simulation.Simulation;
import org.farthing.node.simulation.SimulationPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A whole network in this process, on a clock of its own. */
@Command(
    name = "simulate",
    description = {
      "Simulate a network: the code of a real node, many times over, on a modelled network and a",
      "clock that jumps from event to event. The same plan gives the same outcome, event by event.",
      "docs/network.md says what a plan can hold, and what was found."
    })
final class SimulateCommand implements Callable<Integer> {
  private static final double NANOS = 1e9;

  private final Session session;

  @Parameters(
      paramLabel = "PLAN",
      arity = "0..1",
      description = "a file with the plan, in JSON; options are stronger")
  private Path file;

  @Option(names = "--nodes", paramLabel = "N", description = "how many nodes (default: 100)")
  private Integer nodes;

  @Option(names = "--seed", paramLabel = "N", description = "decides all chance (default: 1)")
  private Long seed;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "how long, of the simulated clock (default: 60)")
  private Double minutes;

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  SimulateCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CliException {
    SimulationPlan plan = plan();
    long start = System.nanoTime();
    ObjectNode report;
    try (Simulation simulation = new Simulation(plan)) {
      report =
          simulation
              .run(
                  done ->
                      session
                          .terminal()
                          .draft(String.format(Locale.ROOT, "%.0f %% simulated", 100 * done)))
              .toJson();
      session.terminal().clearDraft();
      report
          .putObject("machine")
          .put("seconds", (System.nanoTime() - start) / NANOS)
          .put("heapBytes", heapBytes());
    }
    if (json) {
      session.terminal().println(Json.pretty(report));
    } else {
      SimulationView.print(report, session.terminal());
    }
    return ExitCode.OK;
  }

  /** What the whole network holds, nodes and all that is under way. */
  private static long heapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private SimulationPlan plan() throws CliException {
    ObjectNode plan = Json.object();
    if (file != null) {
      plan = read();
    }
    if (nodes != null) {
      plan.put("nodes", nodes);
    }
    if (seed != null) {
      plan.put("seed", seed);
    }
    if (minutes != null) {
      plan.put("minutes", minutes);
    }
    try {
      return PlanFile.read(plan);
    } catch (IllegalArgumentException e) {
      throw CliException.usage(e.getMessage());
    }
  }

  private ObjectNode read() throws CliException {
    try {
      JsonNode plan = Json.parse(Files.readString(file));
      if (plan instanceof ObjectNode object) {
        return object;
      }
      throw CliException.usage(file + " holds no JSON object");
    } catch (JsonProcessingException e) {
      throw CliException.usage(file + " is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw CliException.usage("cannot read " + file + ": " + e.getMessage());
    }
  }
}
