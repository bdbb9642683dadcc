package org.farthing.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StageMetricsTest {
  @Test
  void theMeanOfEachStageThatABlockCameToIsFound() {
    String metrics =
        """
        # TYPE farthing_block_stage_seconds histogram
        farthing_block_stage_seconds_bucket{stage="checked",le="+Inf"} 4
        farthing_block_stage_seconds_count{stage="checked"} 4
        farthing_block_stage_seconds_sum{stage="checked"} 0.01
        farthing_block_stage_seconds_count{stage="received"} 2
        farthing_block_stage_seconds_sum{stage="received"} 1.0E-3
        """;
    assertThat(StageMetrics.meanMillis(metrics)).isEqualTo(Map.of("received", 0.5, "checked", 2.5));
  }
}
