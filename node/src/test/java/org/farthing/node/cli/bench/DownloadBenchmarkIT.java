package org.farthing.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.junit.jupiter.api.Test;

class DownloadBenchmarkIT {
  @Test
  void aNodeFetchesAMadeChainAndIndexesItAgain() throws Exception {
    ChainRecipe recipe = ChainRecipe.named("forms").with(100, 3, 20);
    try (Bench bench = Bench.open(text -> {})) {
      List<Figure> figures = new DownloadBenchmark(1, recipe, 64, Optional.empty()).run(bench);
      assertThat(figures)
          .extracting(Figure::name)
          .contains("farthing: download", "farthing: reindex");
      assertThat(figures)
          .filteredOn(figure -> figure.unit().equals("s"))
          .isNotEmpty()
          .allSatisfy(figure -> assertThat(figure.least()).isPositive());
    }
  }
}
