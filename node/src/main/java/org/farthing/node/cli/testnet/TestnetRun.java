package org.farthing.node.cli.testnet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.outcome.ExitCode;
import org.farthing.node.cli.terminal.Style;
import org.farthing.node.cli.terminal.Terminal;
import org.farthing.node.cli.terminal.Text;

/** One run of a test network, from the first process to the last. */
public final class TestnetRun {
  private final Plan plan;
  private final Terminal terminal;
  private final Progress progress;
  private final TestNetwork network;
  private final FirstPayment payment;
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile boolean paid;

  public TestnetRun(Plan plan, Terminal terminal) {
    this.plan = plan;
    this.terminal = terminal;
    this.progress = new Progress(terminal, System::nanoTime);
    this.network = new TestNetwork(plan, progress);
    this.payment = new FirstPayment(network, progress);
  }

  /**
   * @param exitAfterPayment ends the network when bob has his coins
   * @return the exit code: 0 if everything came to pass
   */
  public int run(boolean exitAfterPayment) {
    Thread interrupted = new Thread(this::onInterrupt, "end of the test network");
    Runtime.getRuntime().addShutdownHook(interrupted);
    int exitCode = untilTheEnd(exitAfterPayment);
    if (!ending.compareAndSet(false, true)) {
      // Ctrl-C came first; it ends the network and the process.
      return awaitHalt();
    }
    int ended = end();
    return exitCode == ExitCode.OK ? ended : exitCode;
  }

  private int untilTheEnd(boolean exitAfterPayment) {
    try {
      progress.step(
          "starting "
              + Text.count(plan.nodes(), "node")
              + " in "
              + plan.folder()
              + (plan.kept() ? "" : " (removed at the end; --data DIR keeps it)"));
      network.start();
      payment.play();
      paid = true;
      if (!exitAfterPayment) {
        new FurtherCommands(plan, payment).print(terminal);
        new LiveView(network, progress).watch();
      }
      return ExitCode.OK;
    } catch (NetworkFailure e) {
      return report(e.getMessage(), e.evidence());
    } catch (CliException | RefusedException | IOException e) {
      return report(e.getMessage(), new NetworkFailure("", network.nodes()).evidence());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  private int report(String reason, List<String> evidence) {
    if (!ending.get()) {
      progress.clearDraft();
      evidence.forEach(terminal::note);
      terminal.note(
          terminal.styledForErrors(Style.RED, "farthing: ") + "the network failed: " + reason);
    }
    return ExitCode.FAILED;
  }

  /** Runs in the JVM's shutdown, and decides how the process ends. */
  private void onInterrupt() {
    if (ending.compareAndSet(false, true)) {
      progress.clearDraft();
      int ended = end();
      terminal.out().flush();
      terminal.err().flush();
      Runtime.getRuntime().halt(paid ? ended : ExitCode.FAILED);
    }
  }

  private int end() {
    try {
      progress.step("stopping " + Text.count(network.nodes().size(), "node"));
      List<String> failed = network.stop();
      failed.forEach(text -> terminal.note("farthing: " + text));
      if (!plan.kept()) {
        delete(plan.folder());
      }
      progress.step(
          plan.kept()
              ? "the network has ended; the same command goes on with it"
              : "the network has ended");
      return failed.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    } catch (IOException e) {
      terminal.note("farthing: cannot remove " + plan.folder() + ": " + e.getMessage());
      return ExitCode.OK;
    }
  }

  private static int awaitHalt() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        // Only the end of the process ends this.
        Thread.interrupted();
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
