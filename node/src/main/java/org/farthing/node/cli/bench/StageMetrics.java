package org.farthing.node.cli.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farthing.node.sync.BlockStage;

/** How long blocks take from one stage to the next, as a node tells Prometheus. */
final class StageMetrics {
  private static final String NAME = "farthing_block_stage_seconds";

  private StageMetrics() {}

  /**
   * The mean of each stage, in milliseconds, by their labels; stages that no block has come to are
   * missing.
   *
   * @param metrics in Prometheus's text format
   */
  static Map<String, Double> meanMillis(String metrics) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (BlockStage stage : BlockStage.values()) {
      double count = value(metrics, "count", stage);
      if (count > 0) {
        means.put(stage.label(), value(metrics, "sum", stage) * 1_000 / count);
      }
    }
    return means;
  }

  private static double value(String metrics, String part, BlockStage stage) {
    String series = NAME + "_" + part + "{stage=\"" + stage.label() + "\"}";
    Matcher matcher =
        Pattern.compile("^" + Pattern.quote(series) + " (\\S+)", Pattern.MULTILINE)
            .matcher(metrics);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
  }
}
