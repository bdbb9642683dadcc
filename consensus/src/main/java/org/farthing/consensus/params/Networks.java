package org.farthing.consensus.params;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;

/** The constants of Farthing's own network. */
final class Networks {
  /** Mined by ordinary CPUs, a block every ten seconds. */
  static final ConsensusParams TESTNET =
      new ConsensusParams(
          new Network(
              "testnet",
              0xf4727468,
              new Network.Ports(28760, 28761),
              "fth",
              new Network.Base58Versions(36, 95, 163, BitcoinNetworks.TPUB, BitcoinNetworks.TPRV)),
          genesis(),
          new Difficulty.Lwma(0x1e0fffff, 10, 60, 60),
          new Subsidy(50 * Amount.COIN, 210_000, 10),
          new Deployments(
              BitcoinNetworks.allFrom(1),
              List.of(),
              new Deployments.Unknown(SignalledDeployment.Poll.ofTestNetwork(2016), 0)),
          // Two years of ten seconds each, by Bitcoin Core's way to find them.
          KnownChain.NOTHING.with(new KnownChain.HeaderCommitments(260, 3750)),
          Optional.empty());

  private Networks() {}

  /** Mined once, on 21 November 2026. Its output can be spent by nobody. */
  private static Block genesis() {
    return new Genesis(
            "A farthing: the smallest coin, and every rule of the big ones. 21/Nov/2026",
            Script.of(new byte[] {0x6a}),
            1_795_219_200L,
            0x1e0fffff,
            529_083)
        .block();
  }
}
