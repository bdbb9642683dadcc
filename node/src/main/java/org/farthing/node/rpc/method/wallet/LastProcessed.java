package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.WalletInfo;

/** The last block that a wallet has seen. */
final class LastProcessed {
  static final Result SHAPE =
      Result.object(
          "lastprocessedblock",
          "the last block that the wallet has seen",
          Result.hex("hash", "its hash"),
          Result.number("height", "its height"));

  private LastProcessed() {}

  static void add(Wallet wallet, ObjectNode json) {
    WalletInfo info = wallet.info();
    json.putObject("lastprocessedblock")
        .put("hash", info.lastBlock().toString())
        .put("height", info.height());
  }
}
