package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeedNodesTest {
  private final SeedNodes nodes = new SeedNodes(List.of("one", "two"), new Random(1));

  @Test
  void theFirstIsCalledAtOnceWhereNoAddressIsKnown() {
    Optional<String> first = nodes.due(false, false, 0);
    assertThat(nodes.due(false, false, 9_999)).isEmpty();
    Optional<String> second = nodes.due(false, false, 10_000);
    assertThat(Stream.of(first, second).flatMap(Optional::stream))
        .containsExactlyInAnyOrder("one", "two");
    assertThat(nodes.due(false, false, 100_000)).isEmpty();
  }

  @Test
  void knownAddressesAreTriedFirst() {
    assertThat(nodes.due(true, false, 0)).isEmpty();
    assertThat(nodes.due(true, false, 9_999)).isEmpty();
    assertThat(nodes.due(true, false, 10_000)).isPresent();
  }

  @Test
  void whoHasPeersAsksNobody() {
    assertThat(nodes.due(true, true, 0)).isEmpty();
    assertThat(nodes.due(true, true, 60_000)).isEmpty();
  }

  @Test
  void notEverybodyBeginsWithTheSame() {
    Random random = new Random(1);
    assertThat(
            Stream.generate(() -> new SeedNodes(List.of("one", "two"), random))
                .limit(50)
                .map(each -> each.due(false, false, 0).orElseThrow()))
        .contains("one", "two");
  }
}
