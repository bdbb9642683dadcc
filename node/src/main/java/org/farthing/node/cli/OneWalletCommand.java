package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.cli.client.RefusedException;
import org.farthing.node.cli.client.RpcClient;
import org.farthing.node.cli.client.WalletCalls;
import org.farthing.node.cli.outcome.CliException;
import org.farthing.node.cli.terminal.Text;
import org.farthing.node.rpc.error.RpcErrorCode;
import picocli.CommandLine.Option;

/** A command about one wallet: the one named, or the only one that is loaded. */
abstract class OneWalletCommand extends ClientCommand {
  @Option(
      names = {"-w", "--wallet"},
      paramLabel = "NAME",
      description = "which wallet (default: the only one)")
  private String wallet;

  OneWalletCommand(Session session) {
    super(session);
  }

  @Override
  final int run(RpcClient node) throws CliException, RefusedException {
    return run(node, wallet == null ? onlyWallet(node) : wallet);
  }

  /**
   * @param name of the wallet
   */
  private int run(RpcClient node, String name) throws CliException, RefusedException {
    RpcClient target = node.wallet(name);
    try {
      target.call("getwalletinfo");
    } catch (RefusedException e) {
      if (!e.is(RpcErrorCode.WALLET_NOT_FOUND)) {
        throw e;
      }
      // It may be there and only not loaded; if it is not, this says so.
      WalletCalls.load(node, name);
      WalletCalls.awaitCaughtUp(target, terminal());
    }
    return runOn(target, name);
  }

  /**
   * @param wallet calls about this wallet
   * @return the exit code
   */
  abstract int runOn(RpcClient wallet, String name) throws CliException, RefusedException;

  static String onlyWallet(RpcClient node) throws CliException, RefusedException {
    JsonNode loaded = node.call("listwallets");
    if (loaded.isEmpty()) {
      throw CliException.failed("the node has no wallet")
          .hint("make one with 'farthing wallet create NAME'.");
    }
    if (loaded.size() > 1) {
      throw CliException.usage("the node has several wallets: " + Text.names(loaded))
          .hint("say which one with --wallet NAME.");
    }
    return loaded.get(0).asText();
  }
}
