package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.farthing.consensus.validation.RejectReason.*;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every reason has a way to be provoked, and nothing that is refused moves the chain. */
class RejectReasonTest {
  private static ChainBuilder chain;

  @BeforeAll
  static void mineMatureCoins() {
    chain = ChainBuilder.regtest();
    chain.mine(10, BlockDraft.ANYONE);
    // Deep enough for a branch to be not worth its memory.
    chain.mine(150);
  }

  @AfterAll
  static void close() {
    chain.close();
  }

  private static List<Provocation> all() {
    return Stream.of(
            HeaderProvocations.all(),
            NetworkProvocations.all(),
            BodyProvocations.all(),
            TransactionProvocations.all())
        .flatMap(List::stream)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> isProvoked() {
    return all().stream()
        .map(
            provocation ->
                DynamicTest.dynamicTest(provocation.toString(), () -> provoke(provocation)));
  }

  private static void provoke(Provocation provocation) {
    HeaderNode tip = chain.tip();
    Verdict verdict = provocation.attempt().apply(chain);
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(((Verdict.Rejected) verdict).reason())
        .as(verdict.toString())
        .isEqualTo(provocation.reason());
    assertThat(chain.tip()).isEqualTo(tip);
    assertThat(chain.chain().testBlock(chain.draft().build(), chain.nowSeconds()))
        .isEqualTo(Verdict.accepted());
  }

  @Test
  void everyReasonIsThere() {
    Set<RejectReason> provoked =
        all().stream().map(Provocation::reason).collect(Collectors.toSet());
    assertThat(provoked).isEqualTo(EnumSet.allOf(RejectReason.class));
  }

  @Test
  void labelsAreUnique() {
    assertThat(Stream.of(RejectReason.values()).map(RejectReason::label)).doesNotHaveDuplicates();
  }
}
