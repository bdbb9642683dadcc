package org.farthing.node.cli.bench;

import java.io.IOException;
import java.util.List;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;

/** Measures one thing. What it starts belongs to the bench, which ends it. */
interface Benchmark {
  /** In one word, as the command line has it. */
  String name();

  /** It takes so long that only who names it gets it. */
  default boolean isAskedForByName() {
    return false;
  }

  List<Figure> run(Bench bench)
      throws CliException, RefusedException, IOException, InterruptedException;
}
