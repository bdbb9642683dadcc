package org.farthing.node.compatibility;

import java.util.Map;

/** Why a method of Bitcoin Core's is not here. */
final class NotSupported {
  private static final String OWN_FILES = "works on Core's own files";

  private static final Map<String, String> BY_METHOD =
      Map.ofEntries(
          Map.entry("dumptxoutset", OWN_FILES + ": its format of snapshots"),
          Map.entry("loadtxoutset", OWN_FILES + ": its format of snapshots"),
          Map.entry("exportasmap", "no table of autonomous systems is built in"),
          Map.entry("echoipc", "Core's test of its own processes"),
          Map.entry("enumeratesigners", "needs a program for hardware wallets"),
          Map.entry("rpc.discover", "see getopenrpcinfo"));

  private static final Map<String, String> BY_CATEGORY =
      Map.of(
          "wallet",
          "the wallet is still to come",
          "rawtransactions",
          "comes with the mempool's packages, or with the wallet",
          "blockchain",
          "comes with the mempool's finer methods",
          "network",
          "comes with the finer gossip",
          "mining",
          "comes with the finer mining",
          "hidden",
          "comes with the finer gossip and mempool",
          "control",
          "?",
          "util",
          "?",
          "zmq",
          "?",
          "signer",
          "?");

  private NotSupported() {}

  static String reason(MethodShape method) {
    String reason = BY_METHOD.getOrDefault(method.name(), BY_CATEGORY.get(method.category()));
    if (reason == null) {
      throw new IllegalStateException("say in NotSupported why there is no " + method.name());
    }
    return reason;
  }
}
