package org.farthing.wallet;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;

/** Networks that vectors were made for. */
public final class TestNetworks {
  /** Bitcoin's main network. */
  public static final Network BITCOIN =
      new Network(
          "main",
          0xf9beb4d9,
          new Network.Ports(8333, 8332),
          "bc",
          new Network.Base58Versions(0, 5, 128, 0x0488b21e, 0x0488ade4));

  /** Bitcoin's test networks and signet, whose addresses look alike. */
  public static final Network BITCOIN_TEST =
      new Network(
          "test",
          0x0b110907,
          new Network.Ports(18333, 18332),
          "tb",
          new Network.Base58Versions(111, 196, 239, 0x043587cf, 0x04358394));

  public static final Network REGTEST = ConsensusParams.regtest().network();
  public static final Network TESTNET = ConsensusParams.testnet().network();

  private TestNetworks() {}

  /** By Bitcoin Core's name. */
  public static Network of(String chain) {
    return switch (chain) {
      case "main" -> BITCOIN;
      case "test", "testnet4", "signet" -> BITCOIN_TEST;
      case "regtest" -> REGTEST;
      default -> throw new AssertionError("a network that this test doesn't know: " + chain);
    };
  }
}
