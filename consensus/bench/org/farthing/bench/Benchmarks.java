package org.farthing.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks in rounds, and prints the CPU time of an operation. With the path of
 * libsecp256k1's own {@code bench} as argument, that takes its turn in each round, so that both see
 * the same machine.
 */
public final class Benchmarks {
  private static final int ROUNDS = 5;

  /** How often the library's program verifies: ten times the iterations that it is told. */
  private static final int LIBRARY_ITERATIONS = 2_000;

  /** A line of {@code times}: the minutes and seconds that child processes took. */
  private static final Pattern CHILD_TIME =
      Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

  /** By name: the nanoseconds of CPU time of an operation, one entry for each round. */
  private final Map<String, List<Double>> rounds = new TreeMap<>();

  private Benchmarks() {}

  public static void main(String[] arguments) throws IOException, RunnerException {
    Benchmarks benchmarks = new Benchmarks();
    for (int i = 0; i < ROUNDS; i++) {
      if (arguments.length > 0) {
        benchmarks.runLibrary(arguments[0], "ecdsa_verify");
        benchmarks.runLibrary(arguments[0], "schnorrsig_verify");
      }
      benchmarks.runOurs();
    }
    benchmarks.print(System.out);
  }

  private void runLibrary(String program, String name) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "\"$0\" \"$1\" >/dev/null; times", program, name);
    builder
        .environment()
        .put("SECP256K1_BENCH_ITERS", Integer.toString(LIBRARY_ITERATIONS));
    Process shell = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader lines = shell.inputReader(StandardCharsets.US_ASCII)) {
      lines.readLine(); // The shell's own time.
      String children = lines.readLine();
      Matcher time = CHILD_TIME.matcher(children == null ? "" : children);
      if (!time.matches()) {
        throw new IOException("no CPU time from " + program);
      }
      double seconds = seconds(time, 1) + seconds(time, 3);
      add("libsecp256k1 " + name, seconds * 1e9 / (10 * LIBRARY_ITERATIONS));
    }
  }

  private static double seconds(Matcher time, int group) {
    return 60 * Double.parseDouble(time.group(group)) + Double.parseDouble(time.group(group + 1));
  }

  private void runOurs() throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include("org\\.farthing\\.bench\\..*")
            .addProfiler(CpuTime.class)
            .forks(1)
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(3)
            .measurementTime(TimeValue.seconds(1))
            .jvmArgsAppend("-XX:+UseSerialGC", "-Xmx512m")
            .build();
    for (RunResult result : new Runner(options).run()) {
      add(
          result.getPrimaryResult().getLabel(),
          result.getSecondaryResults().get(CpuTime.LABEL).getScore());
    }
  }

  private void add(String name, double nanos) {
    rounds.computeIfAbsent(name, key -> new ArrayList<>()).add(nanos);
  }

  private void print(PrintStream out) {
    out.printf(
        "%n%-32s %10s %10s %10s %12s%n",
        "CPU time in nanoseconds", "least", "median", "most", "median / s");
    rounds.forEach(
        (name, values) -> {
          double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
          double median = sorted[sorted.length / 2];
          out.printf(
              "%-32s %10.0f %10.0f %10.0f %12.0f%n",
              name, sorted[0], median, sorted[sorted.length - 1], 1e9 / median);
        });
  }
}
