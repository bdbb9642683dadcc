package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.RunningNode;

/** A node that is measured, ours or another program, in a data directory of its own. */
abstract class Subject {
  private final Path folder;
  private final List<String> options;

  final Bench bench;

  private Subject(Bench bench, List<String> options) {
    this.bench = bench;
    this.folder = bench.newFolder();
    this.options = options;
  }

  abstract String label();

  /** Starts it, alone, and waits until it answers calls. */
  final RunningNode start()
      throws IOException, CliException, RefusedException, InterruptedException {
    return start(folder, options);
  }

  /** Starts it again, to build its ledger anew from the blocks that it has stored. */
  final RunningNode reindex()
      throws IOException, CliException, RefusedException, InterruptedException {
    List<String> more = new ArrayList<>(options);
    more.add(dashes() + "reindex");
    return start(folder, more);
  }

  /** What stands before the name of an option. */
  abstract String dashes();

  abstract RunningNode start(Path data, List<String> options)
      throws IOException, CliException, RefusedException, InterruptedException;

  static final class Ours extends Subject {
    Ours(Bench bench, int cacheMib) {
      super(bench, List.of("--db-cache=" + cacheMib));
    }

    @Override
    String label() {
      return "farthing";
    }

    @Override
    String dashes() {
      return "--";
    }

    @Override
    RunningNode start(Path data, List<String> options)
        throws IOException, CliException, RefusedException, InterruptedException {
      return bench.startReady(data, "regtest", options.toArray(new String[0]));
    }
  }

  static final class Other extends Subject {
    private final Path program;

    Other(Bench bench, Path program, int cacheMib) {
      super(bench, List.of("-dbcache=" + cacheMib, "-assumevalid=0"));
      this.program = program;
    }

    @Override
    String label() {
      return "bitcoind";
    }

    @Override
    String dashes() {
      return "-";
    }

    @Override
    RunningNode start(Path data, List<String> options)
        throws IOException, CliException, RefusedException, InterruptedException {
      return bench.startOther(program, data, options.toArray(new String[0]));
    }
  }
}
