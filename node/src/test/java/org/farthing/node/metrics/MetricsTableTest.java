package org.farthing.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.farthing.consensus.chain.Owner;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.metrics.NodeProgress.Phase;
import org.farthing.node.sync.BlockStage;
import org.farthing.node.sync.BlockStages;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

/** The table of metrics in the docs says what a node says. */
class MetricsTableTest {
  private static final Path DOCS = Path.of("..", "docs", "operating.md");
  private static final Pattern NAME = Pattern.compile("`(farthing_\\w+)(\\{\\w+\\})?`");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (farthing_\\w+) (\\w+)$");

  /** Name with label, and type. */
  private static Map<String, String> table() throws IOException {
    Map<String, String> table = new TreeMap<>();
    for (String line : Files.readAllLines(DOCS)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length > 3 && cells[1].strip().startsWith("`farthing_")) {
        Matcher names = NAME.matcher(cells[1]);
        while (names.find()) {
          table.put(
              names.group(1) + Optional.ofNullable(names.group(2)).orElse(""), cells[2].strip());
        }
      }
    }
    return table;
  }

  private static Map<String, String> told() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      Mempool mempool =
          new Mempool(MempoolChain.of(chain.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
      MetricsSource source =
          new FakeSource(
              Optional.of(chain.chain().snapshot()),
              Optional.of(mempool.snapshot()),
              new NodeProgress(Phase.READY, "", 0, 0));
      NodeMetrics metrics = new NodeMetrics(source, "1.0", "regtest");
      metrics.called("getblockcount", 1, true);
      metrics.blockConnected(1);
      metrics.blockDisconnected();
      metrics.blockReached(
          new BlockStages.Step(
              BlockStage.CHECKED,
              chain.chain().snapshot().tip(),
              Optional.empty(),
              OptionalLong.of(1)));
      String text =
          new String(
              new MetricsSite(metrics, source).answer("/metrics", new byte[0]).body(),
              StandardCharsets.UTF_8);
      Map<String, String> told = new TreeMap<>();
      Matcher types = TYPE.matcher(text);
      while (types.find()) {
        String name = types.group(1);
        told.put(name + label(text, name), types.group(2));
      }
      return told;
    }
  }

  /** The first label of a metric's samples, but for what histograms and infos say of themselves. */
  private static String label(String text, String name) {
    Matcher sample = Pattern.compile("(?m)^" + name + "(?:_count|_total)?\\{(\\w+)=").matcher(text);
    return sample.find() && !name.endsWith("_info") ? "{" + sample.group(1) + "}" : "";
  }

  @Test
  void theTableIsWhatANodeTells() throws IOException {
    Map<String, String> table = table();
    // To Prometheus' text format an info is a gauge that is always 1.
    table.replaceAll((name, type) -> type.equals("info") ? "gauge" : type);
    assertThat(table).hasSizeGreaterThan(15);
    assertThat(told()).isEqualTo(table);
  }
}
