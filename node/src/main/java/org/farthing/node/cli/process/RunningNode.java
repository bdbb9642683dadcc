package org.farthing.node.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.outcome.CliException;

/** A node in a process of its own, ours or another program, that ends when we want it to. */
public abstract class RunningNode {
  /** How long a node may take to write everything down when it is asked to stop. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private static final int BYTES_PER_KIB = 1024;

  private final String name;
  private final Path base;

  final Process process;

  /**
   * @param base the data directory
   */
  RunningNode(String name, Path base, Process process) {
    this.name = name;
    this.base = base;
    this.process = process;
  }

  static Path output(Path base) {
    return base.resolve("output.log");
  }

  public final String name() {
    return name;
  }

  /** What {@code --data} is to be for commands about this node. */
  public final Path base() {
    return base;
  }

  public final boolean isAlive() {
    return process.isAlive();
  }

  /** The CPU time that the process has used, of all its threads. */
  public final double cpuSeconds() {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
  }

  /** The same by kinds of threads that live now, where the system says so. */
  public final Map<String, Double> threadSeconds() {
    return ThreadTimes.of(process.pid());
  }

  /** Its memory that is in use right now, where the system says so (Linux does). */
  public final OptionalLong residentBytes() {
    return told("status", "VmRSS:", BYTES_PER_KIB);
  }

  /** The most memory that it has used at any time, where the system says so. */
  public final OptionalLong peakResidentBytes() {
    return told("status", "VmHWM:", BYTES_PER_KIB);
  }

  /** What it has caused to be written to disks, where the system says so. */
  public final OptionalLong writtenBytes() {
    return told("io", "write_bytes:", 1);
  }

  private OptionalLong told(String file, String field, int unit) {
    Path path = Path.of("/proc", Long.toString(process.pid()), file);
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * unit)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  public abstract RpcClient rpc();

  /** Whether this very process left its login and port where we look for them. */
  abstract boolean isReachable();

  /** Whether the node of this very process answers; one that ended may have left files behind. */
  public final boolean isReady() {
    if (!isReachable()) {
      return false;
    }
    try {
      rpc().call("getblockcount");
      return true;
    } catch (RefusedException | CliException e) {
      return false;
    }
  }

  /** Asks the node to stop, without waiting for it. */
  public abstract void askToStop();

  /**
   * Waits for the node to stop, and ends it if it does not.
   *
   * @return whether it ended by itself, and well
   */
  public final boolean awaitStop() throws InterruptedException {
    if (process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
      return process.exitValue() == 0;
    }
    process.destroyForcibly().waitFor();
    return false;
  }

  /** The end of what the node said. */
  public List<String> lastWords(int lines) {
    return tail(output(base), lines);
  }

  /** How the process ended, for people. */
  public final String ending() {
    return process.isAlive() ? name + " runs" : name + " ended with code " + process.exitValue();
  }

  static List<String> tail(Path file, int lines) {
    try {
      List<String> all = Files.readAllLines(file);
      return all.subList(Math.max(0, all.size() - lines), all.size());
    } catch (IOException e) {
      return List.of();
    }
  }
}
