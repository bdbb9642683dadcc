package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;

class SyncProgressTest {
  private static final long TWO_HOURS = 2 * 60 * 60;

  private static double progress(ChainBuilder chain, long nowSeconds) {
    return SyncProgress.of(chain.chain().snapshot(), chain.params(), nowSeconds);
  }

  /** On regtest a thousand seconds are taken for one transaction. */
  @Test
  void anOldTipIsNotTheEnd() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(9);
      long time = chain.tip().header().timeSeconds();
      assertThat(progress(chain, time + TWO_HOURS)).isEqualTo(1);
      assertThat(progress(chain, time + TWO_HOURS + 1)).isCloseTo(10 / 17.201, within(1e-9));
      assertThat(progress(chain, time + 1_000_000)).isCloseTo(10 / 1010.0, within(1e-9));
      assertThat(progress(chain, time - 10 * TWO_HOURS)).isEqualTo(1);
    }
  }

  @Test
  void ofARecentTipTheHeadersAfterItCount() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(9);
      Block next = chain.draft().build();
      chain.chain().acceptHeader(next.header(), chain.nowSeconds());
      assertThat(progress(chain, chain.tip().header().timeSeconds()))
          .isCloseTo(10 / 10.6, within(1e-9));
    }
  }

  /** The known part of the network's transactions is no part of a short chain's. */
  @Test
  void aShortChainIsComparedWithWhatTheNetworkHad() {
    try (ChainBuilder chain = ChainBuilder.on(ConsensusParams.signet())) {
      long atSeconds = chain.params().known().growth().orElseThrow().atSeconds();
      assertThat(progress(chain, atSeconds)).isCloseTo(1 / 28_676_833.0, within(1e-15));
    }
  }

  @Test
  void whereNothingIsKnownOfTransactionsHeadersCount() {
    List<Block> blocks;
    try (ChainBuilder elsewhere = ChainBuilder.on(ConsensusParams.testnet())) {
      blocks = elsewhere.mine(4);
    }
    try (ChainBuilder chain = ChainBuilder.on(ConsensusParams.testnet())) {
      assertThat(progress(chain, 0)).isEqualTo(1);
      for (Block block : blocks) {
        chain.chain().acceptHeader(block.header(), block.header().timeSeconds());
      }
      chain.add(blocks.get(0));
      assertThat(progress(chain, 0)).isEqualTo(0.25);
    }
  }
}
