package org.farthing.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {
  @Test
  void ofAnOddNumber() {
    Figure figure = Figure.of("start", "s", List.of(3.0, 1.0, 2.5)).aim("< 2");
    assertThat(figure.least()).isEqualTo(1.0);
    assertThat(figure.median()).isEqualTo(2.5);
    assertThat(figure.greatest()).isEqualTo(3.0);
  }

  @Test
  void ofAnEvenNumberTheMedianIsBetween() {
    assertThat(Figure.of("start", "s", List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
  }

  @Test
  void inJsonAllSamplesAreThere() {
    Figure figure = Figure.of("start", "s", List.of(1.5, 1.0)).aim("< 2");
    assertThat(figure.toJson().toString())
        .isEqualTo(
            "{\"name\":\"start\",\"unit\":\"s\",\"aim\":\"< 2\",\"min\":1.0,\"median\":1.25,"
                + "\"max\":1.5,\"samples\":[1.5,1.0]}");
  }
}
