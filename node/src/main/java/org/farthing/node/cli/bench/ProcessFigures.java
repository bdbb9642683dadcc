package org.farthing.node.cli.bench;

import java.util.Map;
import java.util.TreeMap;
import org.farthing.node.cli.process.RunningNode;

/**
 * What a process has used since it began, or in a part of its life.
 *
 * @param cpuSeconds of all its threads
 * @param cpuByThread the same by kinds of threads that live; empty where the system does not say
 * @param peakBytes the most memory that it held at any time; 0 where the system does not say
 * @param writtenBytes to disks; 0 where the system does not say
 */
record ProcessFigures(
    double cpuSeconds, Map<String, Double> cpuByThread, long peakBytes, long writtenBytes) {
  static final ProcessFigures NONE = new ProcessFigures(0, Map.of(), 0, 0);

  static ProcessFigures of(RunningNode node) {
    return new ProcessFigures(
        node.cpuSeconds(),
        node.threadSeconds(),
        node.peakResidentBytes().orElse(0),
        node.writtenBytes().orElse(0));
  }

  /** What was used since then; the peak stays that of the whole life. */
  ProcessFigures since(ProcessFigures before) {
    Map<String, Double> threads = new TreeMap<>(cpuByThread);
    before.cpuByThread().forEach((kind, seconds) -> threads.merge(kind, -seconds, Double::sum));
    return new ProcessFigures(
        cpuSeconds - before.cpuSeconds(), threads, peakBytes, writtenBytes - before.writtenBytes());
  }
}
