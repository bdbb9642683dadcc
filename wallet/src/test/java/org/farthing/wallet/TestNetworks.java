package org.farthing.wallet;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;

/** Networks that vectors were made for. */
public final class TestNetworks {
  public static final Network BITCOIN = ConsensusParams.mainnet().network();
  public static final Network BITCOIN_TEST = ConsensusParams.testnet4().network();
  public static final Network SIGNET = ConsensusParams.signet().network();
  public static final Network REGTEST = ConsensusParams.regtest().network();
  public static final Network TESTNET = ConsensusParams.testnet().network();

  private TestNetworks() {}

  /** By Bitcoin Core's name. */
  public static Network of(String chain) {
    return ConsensusParams.byName(chain)
        .map(ConsensusParams::network)
        .orElseThrow(() -> new AssertionError("a network that we don't know: " + chain));
  }
}
