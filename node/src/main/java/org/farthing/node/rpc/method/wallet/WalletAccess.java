package org.farthing.node.rpc.method.wallet;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.crypto.Scrypt;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.wallets.Rescan;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;

/** Finds the wallet that a call is about, and runs what is asked of it on the node's thread. */
public final class WalletAccess {
  private final WalletRegistry registry;
  private final NodeCalls calls;

  public WalletAccess(WalletRegistry registry, NodeCalls calls) {
    this.registry = registry;
    this.calls = calls;
  }

  /** Something that a wallet is asked for. */
  @FunctionalInterface
  public interface Task<T> {
    T run(Wallet wallet) throws WalletException;
  }

  /** Something that the registry is asked for. */
  @FunctionalInterface
  public interface RegistryTask<T> {
    T run(WalletRegistry registry) throws WalletException;
  }

  /** Asks the wallet of the path {@code /wallet/<name>}, or the only one that is loaded. */
  public <T> T ask(RpcRequest request, Task<T> task) {
    return registry(wallets -> task.run(wallets.find(name(request)).orElseThrow()));
  }

  /** Asks the registry. */
  public <T> T registry(RegistryTask<T> task) {
    return calls.call(
        () -> {
          try {
            return task.run(registry);
          } catch (WalletException e) {
            throw WalletErrors.answer(e);
          }
        });
  }

  /**
   * Waits until a rescan is done. On the caller's thread.
   *
   * @param ifAborted what the error says if somebody ended it
   * @throws RpcException if it was aborted
   */
  public void await(Rescan rescan, String ifAborted) {
    if (calls.await(rescan.end()) == Rescan.Outcome.ABORTED) {
      throw RpcException.misc(ifAborted);
    }
  }

  /** What it costs to make a key of a passphrase, for new vaults; on any thread. */
  public Scrypt.Cost vaultCost() {
    return registry.vaultCost();
  }

  /** The name of the wallet that the call is about. On the node's thread. */
  public String name(RpcRequest request) {
    Optional<String> wanted = request.caller().wallet();
    List<String> names = registry.names();
    if (wanted.isPresent()) {
      if (!names.contains(wanted.get())) {
        throw notFound("Requested wallet does not exist or is not loaded");
      }
      return wanted.get();
    }
    if (names.isEmpty()) {
      throw notFound(
          "No wallet is loaded. Load a wallet using loadwallet or create a new one with"
              + " createwallet. (Note: A default wallet is no longer automatically created)");
    }
    if (names.size() > 1) {
      throw new RpcException(
          RpcErrorCode.WALLET_NOT_SPECIFIED,
          "Multiple wallets are loaded. Please select which wallet to use by requesting the RPC"
              + " through the /wallet/<walletname> URI path.");
    }
    return names.get(0);
  }

  private static RpcException notFound(String message) {
    return new RpcException(RpcErrorCode.WALLET_NOT_FOUND, message);
  }

  /**
   * Whether coins of addresses that were spent from are to stay behind.
   *
   * @param wanted what the caller says; otherwise it is as the wallet's flag says
   */
  static boolean avoidsReuse(Wallet wallet, Optional<Boolean> wanted) {
    boolean able = wallet.info().kind().avoidReuse();
    if (wanted.orElse(false) && !able) {
      throw new RpcException(
          RpcErrorCode.WALLET_ERROR, "wallet does not have the \"avoid reuse\" feature enabled");
    }
    return wanted.orElse(able);
  }
}
