package org.farthing.node.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.farthing.node.cli.bench.BenchRun;
import org.farthing.node.cli.bench.Figure;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Figures of this machine. */
@Command(
    name = "bench",
    description = {
      "Measure what a node needs on this machine: time to start, memory, hashes, blocks, calls,"
          + " what it does while a hundred hostile peers flood it, and how long hostile"
          + " transactions take.",
      "Starts nodes of its own in a temporary folder, which is removed in the end. It takes some"
          + " minutes, and wants a machine that does nothing else. A bad figure is no failure."
    })
final class BenchCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "WHAT",
      arity = "0..*",
      description =
          "start, start-long, memory, hash, sync, download, sweep, rpc, template, blocks, hops,"
              + " accept, fees, flood, mempool-hostile or wallet (default: all but start-long,"
              + " which makes 100,000 blocks first, and sweep, which takes the better part of an"
              + " hour)")
  private Set<String> chosen = new LinkedHashSet<>();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "7",
      description =
          "how often to measure; most at most 3 times, blocks and hops at most 5"
              + " (default: ${DEFAULT-VALUE})")
  private int runs;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = "10000",
      description = "how many blocks to fetch from a peer (default: ${DEFAULT-VALUE})")
  private int blocks;

  @Option(
      names = "--chain",
      paramLabel = "NAME",
      defaultValue = "signatures",
      description =
          "what download fetches: signatures (264,000 of them), signatures-long (four times"
              + " as many), forms (of outputs), coins (five million), old-coins or empty (default:"
              + " ${DEFAULT-VALUE})")
  private String chain;

  @Option(
      names = "--db-cache",
      paramLabel = "MIB",
      defaultValue = "450",
      description =
          "memory for coins, of both nodes, in download and sweep (default: ${DEFAULT-VALUE})")
  private int cacheMib;

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description = "where the chain of download stays, as blocks that bitcoind's -loadblock reads")
  private Path export;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "where sweep draws its curves, as SVG")
  private Path plot;

  @Option(
      names = "--against",
      paramLabel = "BITCOIND",
      description =
          "a bitcoind that takes turns with our node (rpc,"
              + " download, sweep, template, blocks, hops, accept)")
  private Path other;

  @Option(names = "--json", description = "print JSON, for programs")
  private boolean json;

  BenchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CliException, RefusedException {
    if (runs < 1 || blocks < 1) {
      throw CliException.usage("--runs and --blocks want a number from 1");
    }
    if (export != null && Files.exists(export)) {
      throw CliException.usage(export + " is there already; --export wants a new file");
    }
    if (other != null && !Files.isExecutable(other)) {
      throw CliException.usage("--against wants a bitcoind to run, and " + other + " is none");
    }
    if (!ChainRecipe.names().contains(chain)) {
      throw CliException.usage("--chain wants one of " + String.join(", ", ChainRecipe.names()));
    }
    BenchRun.Download download =
        new BenchRun.Download(
            ChainRecipe.named(chain),
            cacheMib,
            Optional.ofNullable(export),
            Optional.ofNullable(plot));
    BenchRun run =
        new BenchRun(runs, blocks, download, Optional.ofNullable(other), session.terminal());
    if (run.unknownAmong(chosen).isPresent()) {
      throw CliException.usage(
          "there is no benchmark '"
              + run.unknownAmong(chosen).get()
              + "', only "
              + String.join(", ", run.names()));
    }
    List<Figure> figures = run.run(chosen);
    if (json) {
      BenchRun.printJson(figures, session.terminal());
    } else {
      BenchRun.print(figures, session.terminal());
    }
    return ExitCode.OK;
  }
}
