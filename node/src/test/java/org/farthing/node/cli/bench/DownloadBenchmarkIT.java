package org.farthing.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadBenchmarkIT {
  @TempDir Path folder;

  @Test
  void aNodeFetchesAMadeChainAndIndexesItAgain() throws Exception {
    ChainRecipe recipe = ChainRecipe.named("forms").with(100, 3, 20);
    try (Bench bench = Bench.open(text -> {})) {
      Path exported = folder.resolve("chain.dat");
      List<Figure> figures =
          new DownloadBenchmark(1, recipe, 64, Optional.empty(), Optional.of(exported)).run(bench);
      assertThat(figures)
          .extracting(Figure::name)
          .contains("farthing: download", "farthing: reindex")
          .contains("a block is requested", "a block is received", "a block is connected");
      assertThat(figures)
          .filteredOn(figure -> figure.unit().equals("s"))
          .isNotEmpty()
          .allSatisfy(figure -> assertThat(figure.least()).isPositive());
      assertThat(exported).isNotEmptyFile();
    }
  }
}
