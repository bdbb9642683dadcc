package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedNodesTest {
  private final SeedNodes nodes = new SeedNodes(List.of("one", "two"));

  @Test
  void theFirstIsCalledAtOnceWhereNoAddressIsKnown() {
    assertThat(nodes.due(false, false, 0)).contains("one");
    assertThat(nodes.due(false, false, 9_999)).isEmpty();
    assertThat(nodes.due(false, false, 10_000)).contains("two");
    assertThat(nodes.due(false, false, 100_000)).isEmpty();
  }

  @Test
  void knownAddressesAreTriedFirst() {
    assertThat(nodes.due(true, false, 0)).isEmpty();
    assertThat(nodes.due(true, false, 9_999)).isEmpty();
    assertThat(nodes.due(true, false, 10_000)).contains("one");
  }

  @Test
  void whoHasPeersAsksNobody() {
    assertThat(nodes.due(true, true, 0)).isEmpty();
    assertThat(nodes.due(true, true, 60_000)).isEmpty();
  }
}
