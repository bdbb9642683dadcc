package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  private static final List<String> KNOWN = List.of("--port", "--rpc-port", "--seed", "wallet");

  @Test
  void theNearestWordIsFoundIfItIsNear() {
    assertThat(Suggestion.nearest("--prot", KNOWN)).contains("--port");
    assertThat(Suggestion.nearest("--rpcport", KNOWN)).contains("--rpc-port");
    assertThat(Suggestion.nearest("walet", KNOWN)).contains("wallet");
    assertThat(Suggestion.nearest("--nothing-like-it", KNOWN)).isEmpty();
    assertThat(Suggestion.nearest("x", List.of())).isEmpty();
  }

  @Test
  void aSwapOfNeighboursIsOneMistake() {
    assertThat(Suggestion.distance("prot", "port")).isEqualTo(1);
    assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
  }
}
