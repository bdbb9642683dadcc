package org.farthing.node.compatibility;

import java.util.Map;

/** Why a method of Bitcoin Core's is not here. */
final class NotSupported {
  private static final Map<String, String> BY_METHOD =
      Map.ofEntries(
          Map.entry("loadtxoutset", "needs a second chain, verified in the background"),
          Map.entry("exportasmap", "no table of autonomous systems is built in"),
          Map.entry("enumeratesigners", "needs a program for hardware wallets"),
          Map.entry("rpc.discover", "see getopenrpcinfo"));

  private static final Map<String, String> BY_CATEGORY =
      Map.of(
          "wallet", "still to come, with the whole wallet",
          "rawtransactions", "still to come, with the wallet",
          "network", "still to come, with the whole gossip");

  private NotSupported() {}

  static String reason(MethodShape method) {
    String reason = BY_METHOD.getOrDefault(method.name(), BY_CATEGORY.get(method.category()));
    if (reason == null) {
      throw new IllegalStateException("say in NotSupported why there is no " + method.name());
    }
    return reason;
  }
}
