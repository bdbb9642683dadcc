package org.farthing.consensus.chain;

import static org.farthing.consensus.validation.RejectReason.TIME_TIMEWARP_ATTACK;

import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ChainBuilder;

/** What is refused on some networks only: each on a chain of its own. */
final class NetworkProvocations {
  private static final int PERIOD = 144;

  private NetworkProvocations() {}

  static List<Provocation> all() {
    return List.of(
        new Provocation(TIME_TIMEWARP_ATTACK, "601 seconds back", chain -> timewarp(601)));
  }

  /** The first block of a period, some seconds older than its parent, where BIP-0094 holds. */
  static Verdict timewarp(long secondsBack) {
    try (ChainBuilder chain = ChainBuilder.on(ConsensusParams.regtest().withBip94())) {
      chain.mine(PERIOD - 1);
      return chain.offer(chain.draft().timeSeconds(chain.nowSeconds() - secondsBack).build());
    }
  }
}
