package org.farthing.junit.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, by name, and the table made of it. */
final class Samples {
  private final Map<String, List<Double>> taken = new LinkedHashMap<>();

  void add(String name, double value) {
    taken.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
  }

  /** A line of a table: least, median and most. */
  void print(String title) {
    System.out.printf("%n%s (load %s)%n", title, load());
    System.out.println("| figure | min | median | max | samples |\n|---|---|---|---|---|");
    taken.forEach((name, values) -> System.out.println(row(name, values)));
  }

  private static String row(String name, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %d |",
        name,
        sorted.get(0),
        median,
        sorted.get(sorted.size() - 1),
        sorted.size());
  }

  /** How many threads have wanted a processor, over the last minute, and how many there are. */
  private static String load() {
    int processors = Runtime.getRuntime().availableProcessors();
    Path averages = Path.of("/proc/loadavg");
    try {
      String load =
          Files.exists(averages)
              ? Files.readString(averages).split(" ", 2)[0]
              : Double.toString(
                  ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      return load + " on " + processors + " processors";
    } catch (IOException e) {
      return "unknown";
    }
  }
}
