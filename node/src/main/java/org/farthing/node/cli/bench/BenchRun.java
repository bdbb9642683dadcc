package org.farthing.node.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.farthing.node.cli.client.Json;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.terminal.Table;
import org.farthing.node.cli.terminal.Terminal;

/** All benchmarks, or some, and what they found. */
public final class BenchRun {
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration FLOOD = Duration.ofSeconds(60);
  private static final int MAX_MEMORY_RUNS = 3;
  private static final int MAX_SYNC_RUNS = 3;
  private static final int MAX_RPC_RUNS = 3;
  private static final int MAX_SWEEP_RUNS = 3;

  /** A ratio to another node is told with so many pairs. */
  private static final int MAX_BLOCK_RUNS = 5;

  private static final int HOSTILE_MESSAGES = 400;
  private static final int LONG_CHAIN = 100_000;

  private final List<Benchmark> benchmarks;
  private final Terminal terminal;

  /**
   * Which chain is fetched, and how.
   *
   * @param cacheMib see {@code -dbcache}
   * @param export where the chain stays
   * @param plot where a sweep draws its curves
   */
  public record Download(
      ChainRecipe chain, int cacheMib, Optional<Path> export, Optional<Path> plot) {}

  /**
   * @param runs how often to measure; what takes long is measured three or five times at most
   * @param blocks how many blocks are fetched
   * @param download what {@link DownloadBenchmark} fetches
   * @param other a bitcoind that takes turns with our node, where a benchmark compares
   */
  public BenchRun(
      int runs, int blocks, Download download, Optional<Path> other, Terminal terminal) {
    this.benchmarks =
        List.of(
            new StartBenchmark(runs),
            new LongStartBenchmark(runs, LONG_CHAIN, IDLE),
            new MemoryBenchmark(Math.min(runs, MAX_MEMORY_RUNS), IDLE),
            new HashBenchmark(runs),
            new SyncBenchmark(Math.min(runs, MAX_SYNC_RUNS), blocks),
            new DownloadBenchmark(
                runs, download.chain(), download.cacheMib(), other, download.export()),
            new SweepBenchmark(
                Math.min(runs, MAX_SWEEP_RUNS), download.cacheMib(), other, download.plot()),
            new RpcBenchmark(Math.min(runs, MAX_RPC_RUNS), other),
            new TemplateBenchmark(other),
            new BlocksBenchmark(Math.min(runs, MAX_BLOCK_RUNS), other),
            new HopsBenchmark(Math.min(runs, MAX_BLOCK_RUNS), other),
            new AcceptBenchmark(Math.min(runs, MAX_RPC_RUNS), other),
            new FeesBenchmark(runs),
            new FloodBenchmark(FLOOD),
            new HostileBenchmark(HOSTILE_MESSAGES),
            new WalletBenchmark(Math.min(runs, MAX_RPC_RUNS)));
    this.terminal = terminal;
  }

  /** What there is to choose from. */
  public List<String> names() {
    return benchmarks.stream().map(Benchmark::name).toList();
  }

  /**
   * @param chosen names; none means all but those that take very long
   */
  public List<Figure> run(Set<String> chosen) throws CliException, RefusedException {
    List<Figure> figures = new ArrayList<>();
    try (Bench bench = Bench.open(terminal::draft)) {
      Thread interrupted = new Thread(() -> closeQuietly(bench), "end of the benchmarks");
      Runtime.getRuntime().addShutdownHook(interrupted);
      for (Benchmark benchmark : benchmarks) {
        if (isChosen(benchmark, chosen)) {
          figures.addAll(benchmark.run(bench));
        }
      }
    } catch (IOException e) {
      throw CliException.failed("a benchmark cannot work: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted");
    } finally {
      terminal.clearDraft();
    }
    return figures;
  }

  private static boolean isChosen(Benchmark benchmark, Set<String> chosen) {
    return chosen.isEmpty() ? !benchmark.isAskedForByName() : chosen.contains(benchmark.name());
  }

  private static void closeQuietly(Bench bench) {
    try {
      bench.close();
    } catch (IOException e) {
      // The process ends; its nodes do too, by themselves.
    }
  }

  /** For people. */
  public static void print(List<Figure> figures, Terminal terminal) {
    Table table =
        new Table()
            .left("FIGURE")
            .right("AIM")
            .right("MIN")
            .right("MEDIAN")
            .right("MAX")
            .left("UNIT")
            .right("SAMPLES");
    for (Figure figure : figures) {
      table.row(
          figure.name(),
          figure.aim().orElse(""),
          text(figure.least()),
          text(figure.median()),
          text(figure.greatest()),
          figure.unit(),
          Integer.toString(figure.samples().size()));
    }
    terminal.println(Machine.here().describe());
    table.print(terminal);
  }

  /** For programs. */
  public static void printJson(List<Figure> figures, Terminal terminal) {
    ArrayNode list = Json.array();
    figures.stream().map(Figure::toJson).forEach(list::add);
    ObjectNode json = Json.object();
    json.set("machine", Machine.here().toJson());
    json.set("figures", list);
    terminal.println(Json.pretty(json));
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }

  /** What is wrong with a choice of benchmarks. */
  public Optional<String> unknownAmong(Set<String> chosen) {
    return chosen.stream().filter(name -> !names().contains(name)).findFirst();
  }
}
