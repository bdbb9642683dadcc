package org.farthing.node.config;

import java.util.List;

/**
 * Names that know nodes of a network. Farthing's testnet has none of its own: nobody has promised
 * to keep a node of it up for everybody.
 */
final class NetworkSeeds {
  /** Kept up for Bitcoin's signet by people who are named in Bitcoin Core's chain parameters. */
  private static final List<String> SIGNET =
      List.of("seed.signet.bitcoin.sprovoost.nl.", "seed.signet.achownodes.xyz.");

  /** A name that leads nowhere (RFC 6761), as all nodes of regtest are of one machine. */
  private static final List<String> REGTEST = List.of("dummyseed.invalid.");

  private NetworkSeeds() {}

  static List<String> names(OptionReader in, String network) {
    return switch (network) {
      case "signet" -> signet(in);
      // To look up what cannot be there is of use to those only who want to see it.
      case "regtest" -> in.has(Option.DNS_SEED) ? REGTEST : List.of();
      default -> List.of();
    };
  }

  /** A signet of somebody's own has other nodes. */
  private static List<String> signet(OptionReader in) {
    List<String> own = in.all(Option.SIGNET_SEED_NODE);
    if (!own.isEmpty()) {
      return own;
    }
    return in.has(Option.SIGNET_CHALLENGE) ? List.of() : SIGNET;
  }
}
