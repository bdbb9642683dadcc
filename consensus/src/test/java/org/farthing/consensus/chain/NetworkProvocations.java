package org.farthing.consensus.chain;

import static org.farthing.consensus.validation.RejectReason.BAD_SIGNET_BLKSIG;
import static org.farthing.consensus.validation.RejectReason.TIME_TIMEWARP_ATTACK;

import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ChainBuilder;

/** What is refused on some networks only: each on a chain of its own. */
final class NetworkProvocations {
  private static final int PERIOD = 144;

  private NetworkProvocations() {}

  static List<Provocation> all() {
    return List.of(
        new Provocation(TIME_TIMEWARP_ATTACK, "601 seconds back", chain -> timewarp(601)),
        new Provocation(
            BAD_SIGNET_BLKSIG, "a block of another signet", chain -> ofAnotherSignet()));
  }

  /** The real signet's first block, where only its other key may sign. */
  private static Verdict ofAnotherSignet() {
    Script challenge =
        Script.of(
            Hex.constant("210359ef5021964fe22d6f8e05b2463c9540ce96883fe3b278760f048f5189f2e6c4ac"));
    try (ChainBuilder chain = ChainBuilder.on(ConsensusParams.signet(challenge))) {
      return chain.offer(SignetTest.blocks().get(0));
    }
  }

  /** The first block of a period, some seconds older than its parent, where BIP-0094 holds. */
  static Verdict timewarp(long secondsBack) {
    try (ChainBuilder chain = ChainBuilder.on(ConsensusParams.regtest().withBip94())) {
      chain.mine(PERIOD - 1);
      return chain.offer(chain.draft().timeSeconds(chain.nowSeconds() - secondsBack).build());
    }
  }
}
