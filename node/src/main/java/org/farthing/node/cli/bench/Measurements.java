package org.farthing.node.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Samples of several things, taken in turns; in the order of the first sample of each. */
final class Measurements {
  private final Map<Kind, List<Double>> samples = new LinkedHashMap<>();

  private static final double LEAST_THREAD_SECONDS = 0.2;

  private record Kind(String name, String unit) {}

  void add(String name, String unit, double sample) {
    samples.computeIfAbsent(new Kind(name, unit), kind -> new ArrayList<>()).add(sample);
  }

  /** CPU time by kinds of threads; those that do next to nothing are not worth a line. */
  void addThreads(String name, ProcessFigures used) {
    used.cpuByThread()
        .forEach(
            (thread, seconds) -> {
              if (seconds >= LEAST_THREAD_SECONDS) {
                add(name + ", CPU of " + thread, "CPU s", seconds);
              }
            });
  }

  List<Figure> figures() {
    return samples.entrySet().stream()
        .map(each -> Figure.of(each.getKey().name(), each.getKey().unit(), each.getValue()))
        .toList();
  }
}
