package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;

/**
 * A node that is measured, in a data directory of its own.
 *
 * @param label for people
 * @param program starts it, alone, and waits until it answers calls
 * @param options that it always gets
 * @param reindexOption lets it build its ledger anew
 */
record Subject(String label, Program program, List<String> options, String reindexOption) {
  /** Starts with some options. */
  @FunctionalInterface
  interface Program {
    RunningNode start(String... options)
        throws IOException, CliException, RefusedException, InterruptedException;
  }

  /**
   * @param cacheMib what it may use for coins
   */
  static Subject ours(Bench bench, int cacheMib) {
    return oursIn(bench, bench.newFolder(), "--db-cache=" + cacheMib);
  }

  /** Ours in a data directory that is used again. */
  static Subject oursIn(Bench bench, Path data, String... options) {
    return new Subject(
        Duel.OURS,
        given -> bench.startReady(data, "regtest", given),
        List.of(options),
        "--reindex");
  }

  /**
   * @param bitcoind the program
   * @param cacheMib what it may use for coins
   */
  static Subject other(Bench bench, Path bitcoind, int cacheMib) {
    Path data = bench.newFolder();
    return new Subject(
        Duel.THEIRS,
        options -> bench.startOther(bitcoind, data, options),
        List.of("-dbcache=" + cacheMib, "-assumevalid=0"),
        "-reindex");
  }

  RunningNode start() throws IOException, CliException, RefusedException, InterruptedException {
    return program.start(options.toArray(String[]::new));
  }

  /** Starts it again, to build its ledger anew from the blocks that it has stored. */
  RunningNode reindex() throws IOException, CliException, RefusedException, InterruptedException {
    return program.start(
        Stream.concat(options.stream(), Stream.of(reindexOption)).toArray(String[]::new));
  }
}
