package org.farthing.node.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.process.NodeProcess;

/**
 * A start of a node, from the start of its process to its first answer over RPC.
 *
 * @param cpuSeconds of the whole process
 * @param residentBytes when it has been left alone; empty where the system does not say
 */
record OneStart(double seconds, double cpuSeconds, OptionalLong residentBytes) {
  /**
   * Starts a node, and stops it again.
   *
   * @param idle how long it is left alone before its memory is measured
   */
  static OneStart of(Bench bench, Path data, String network, Duration idle)
      throws CliException, RefusedException, IOException, InterruptedException {
    long begin = System.nanoTime();
    NodeProcess node = bench.startReady(data, network);
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpuSeconds = node.cpuSeconds();
    Thread.sleep(idle.toMillis());
    OneStart start = new OneStart(seconds, cpuSeconds, node.residentBytes());
    bench.stop(node);
    return start;
  }

  static List<Double> seconds(List<OneStart> starts) {
    return starts.stream().map(OneStart::seconds).toList();
  }

  static List<Double> cpuSeconds(List<OneStart> starts) {
    return starts.stream().map(OneStart::cpuSeconds).toList();
  }
}
