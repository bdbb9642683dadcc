package org.farthing.node.cli.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The CPU time of a process by the names of its threads, as Linux tells it. */
final class ThreadTimes {
  /** Linux counts in hundredths of a second, whatever the kernel's own clock. */
  private static final double TICKS_PER_SECOND = 100;

  /** The name is in parentheses and may hold any character; times are the 14th and 15th field. */
  private static final Pattern STAT =
      Pattern.compile("\\d+ \\((.*)\\) (?:\\S+ ){11}(\\d+) (\\d+) .*", Pattern.DOTALL);

  private ThreadTimes() {}

  /**
   * Seconds by name, of all threads that live now. Those of one kind count together: a number in a
   * name is left out. Empty where the system does not say.
   */
  static Map<String, Double> of(long pid) {
    Map<String, Double> times = new TreeMap<>();
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        add(thread, times);
      }
    } catch (IOException e) {
      return Map.of();
    }
    return times;
  }

  private static void add(Path thread, Map<String, Double> times) {
    try {
      add(Files.readString(thread.resolve("stat")), times);
    } catch (IOException e) {
      // It has ended meanwhile.
    }
  }

  static void add(String stat, Map<String, Double> times) {
    Matcher fields = STAT.matcher(stat);
    if (fields.matches()) {
      String kind = fields.group(1).replaceAll("[-_.#/ ]*\\d+$", "");
      long ticks = Long.parseLong(fields.group(2)) + Long.parseLong(fields.group(3));
      times.merge(kind, ticks / TICKS_PER_SECOND, Double::sum);
    }
  }
}
