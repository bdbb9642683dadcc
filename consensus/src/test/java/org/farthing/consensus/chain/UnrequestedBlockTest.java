package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

/** Which blocks are kept that nobody asked for. Each regtest block has a work of two. */
class UnrequestedBlockTest {
  private static final BigInteger TWO = BigInteger.TWO;

  private static boolean isKept(ChainBuilder chain, Block block) {
    assertThat(chain.offerUnrequested(block)).isEqualTo(Verdict.accepted());
    return chain.chain().hasBlock(block.hash());
  }

  /** A branch of headers from the genesis on, and their blocks. */
  private static List<Block> branch(ChainBuilder chain, int length) {
    List<Block> blocks = new ArrayList<>();
    Block last = chain.params().genesis();
    for (int i = 0; i < length; i++) {
      last = chain.draft(last.hash()).build();
      chain.chain().acceptHeader(last.header(), last.header().timeSeconds());
      blocks.add(last);
    }
    return blocks;
  }

  @Test
  void onlyWithTheWorkOfTheTip() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(3);
      List<Block> branch = branch(chain, 3);
      assertThat(isKept(chain, branch.get(1))).isFalse();
      assertThat(isKept(chain, branch.get(2))).isTrue();
      chain.add(branch.get(1));
      chain.add(branch.get(0));
      assertThat(chain.chain().tips()).hasSize(2);
    }
  }

  @Test
  void atMost288BlocksAboveTheTip() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      List<Block> branch = branch(chain, 290);
      assertThat(isKept(chain, branch.get(287))).isTrue();
      assertThat(isKept(chain, branch.get(288))).isFalse();
      chain.add(branch.get(0));
      assertThat(isKept(chain, branch.get(288))).isTrue();
      assertThat(isKept(chain, branch.get(289))).isFalse();
    }
  }

  @Test
  void onlyInAChainWithTheMinimumOfWork() {
    BigInteger tenBlocks = TWO.multiply(BigInteger.TEN);
    try (ChainBuilder chain =
        ChainBuilder.regtest(ChainOptions.DEFAULT.withMinimumChainWork(tenBlocks))) {
      // The genesis counts too.
      List<Block> branch = branch(chain, 9);
      assertThat(isKept(chain, branch.get(7))).isFalse();
      assertThat(isKept(chain, branch.get(8))).isTrue();
      branch.forEach(chain::add);
      assertThat(chain.tip().height()).isEqualTo(9);
    }
  }

  @Test
  void aHeaderWithoutTheMinimumOfWorkIsNotEvenRemembered() {
    try (ChainBuilder chain =
        ChainBuilder.regtest(ChainOptions.DEFAULT.withMinimumChainWork(TWO.add(TWO)))) {
      assertThat(chain.chain().headerWorkThreshold()).isEqualTo(TWO.add(TWO));
      Block enough = chain.draft().build();
      assertThat(isKept(chain, enough)).isTrue();
    }
    try (ChainBuilder chain =
        ChainBuilder.regtest(ChainOptions.DEFAULT.withMinimumChainWork(BigInteger.valueOf(5)))) {
      Block little = chain.draft().build();
      assertThat(((Verdict.Rejected) chain.offerUnrequested(little)).reason())
          .isEqualTo(RejectReason.TOO_LITTLE_CHAINWORK);
      assertThat(chain.chain().headers().find(little.hash())).isEmpty();
      assertThat(chain.offer(little)).isEqualTo(Verdict.accepted());
    }
  }

  @Test
  void branchesMayEnd144BlocksBelowTheTip() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(145);
      // 146 blocks with the genesis, less 144.
      assertThat(chain.chain().headerWorkThreshold()).isEqualTo(TWO.multiply(TWO));
      Block fork = chain.draft(chain.params().genesis().hash()).build();
      assertThat(isKept(chain, fork)).isFalse();
      assertThat(chain.chain().headers().find(fork.hash())).isPresent();
      chain.mine(1);
      Block later = chain.draft(chain.params().genesis().hash()).build();
      assertThat(chain.offerUnrequested(later)).isInstanceOf(Verdict.Rejected.class);
    }
  }

  @Test
  void aBadOneIsRefusedAsAnyOther() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      Block bad = chain.draft().fees(1).build();
      assertThat(((Verdict.Rejected) chain.offerUnrequested(bad)).reason())
          .isEqualTo(RejectReason.BAD_CB_AMOUNT);
    }
  }
}
