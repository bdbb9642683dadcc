package org.farthing.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.farthing.node.cli.bench.chain.ChainRecipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepBenchmarkIT {
  @TempDir Path folder;

  @Test
  void eachPlaceIsMeasuredAndDrawn() throws Exception {
    Path plot = folder.resolve("sweep.svg");
    ChainRecipe recipe = ChainRecipe.named("empty");
    SweepBenchmark.Axis axis =
        new SweepBenchmark.Axis(
            "blocks",
            "empty blocks",
            List.of(
                new SweepBenchmark.Point(10, recipe.with(0, 10, 0), 16, 0),
                new SweepBenchmark.Point(20, recipe.with(0, 20, 0), 16, 0)));
    try (Bench bench = Bench.open(text -> {})) {
      List<Figure> figures =
          new SweepBenchmark(1, List.of(axis), Optional.empty(), Optional.of(plot)).run(bench);
      assertThat(figures)
          .filteredOn(figure -> figure.unit().equals("s"))
          .extracting(Figure::name)
          .containsExactly("blocks 10: farthing", "blocks 20: farthing");
    }
    assertThat(Files.readString(plot)).contains("time by blocks", "empty blocks");
  }
}
