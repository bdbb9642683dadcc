package org.farthing.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.testnet.Plan;
import org.farthing.node.cli.testnet.TestnetRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A whole network in one command. */
@Command(
    name = "testnet",
    description = {
      "Start a network of nodes on this machine, and make a first payment in it.",
      "Each node is a process of its own, and some mine. When the first coins are",
      "mature, wallet alice pays wallet bob. Then the network goes on until Ctrl-C."
    })
final class TestnetCommand implements Callable<Integer> {
  private static final int MAX_NODES = 64;

  private final Session session;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "4",
      description = "how many nodes (default: ${DEFAULT-VALUE})")
  private int nodes;

  @Option(
      names = "--miners",
      paramLabel = "N",
      defaultValue = "2",
      description = "how many of them mine (default: ${DEFAULT-VALUE})")
  private int miners;

  @Option(
      names = "--exit-after-payment",
      description = "end when bob has his coins; exit code 0 only if all went well")
  private boolean exitAfterPayment;

  TestnetCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CliException {
    if (nodes < 1 || nodes > MAX_NODES) {
      throw CliException.usage("--nodes wants a number from 1 to " + MAX_NODES + ", not " + nodes);
    }
    if (miners < 1) {
      throw CliException.usage("--miners wants a number from 1, not " + miners);
    }
    requireOwnNetwork();
    Optional<Path> chosen = session.which().data();
    Path folder = chosen.isPresent() ? kept(chosen.get()) : temporary();
    Plan plan = new Plan(nodes, Math.min(miners, nodes), folder, chosen.isPresent());
    return new TestnetRun(plan, session.terminal()).run(exitAfterPayment);
  }

  private void requireOwnNetwork() throws CliException {
    String own = ConsensusParams.testnet().network().name();
    String wanted = session.which().network().orElse(own);
    if (!wanted.equals(own)) {
      throw CliException.usage("a test network is always on " + own + ", not on " + wanted)
          .hint("for regtest: 'farthing node --network regtest' and 'farthing mine blocks'.");
    }
  }

  private static Path kept(Path folder) throws CliException {
    try {
      return Files.createDirectories(folder.toAbsolutePath().normalize());
    } catch (IOException e) {
      throw CliException.failed("cannot make the folder " + folder + ": " + e.getMessage());
    }
  }

  private static Path temporary() throws CliException {
    try {
      return Files.createTempDirectory("farthing-testnet-");
    } catch (IOException e) {
      throw CliException.failed("cannot make a temporary folder: " + e.getMessage());
    }
  }
}
