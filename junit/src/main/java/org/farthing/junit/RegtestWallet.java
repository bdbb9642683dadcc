package org.farthing.junit;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.app.NodeInside;
import org.farthing.wallet.TransactionDetails;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.Balance;
import org.farthing.wallet.spend.SendRequest;

/**
 * A wallet of a {@link RegtestNode}, by its name: it is looked up at each call, so that it stays
 * good over snapshots. Amounts are satoshis. Any thread.
 */
public final class RegtestWallet {
  /** One satoshi for each virtual byte. */
  private static final long FEE_RATE_SAT_PER_KVB = 1_000;

  private final NodeInside inside;
  private final String name;

  RegtestWallet(NodeInside inside, String name) {
    this.inside = inside;
    this.name = name;
  }

  /** What is done with the wallet, on the node's thread. */
  @FunctionalInterface
  private interface Use<T> {
    T apply(Wallet wallet) throws WalletException;
  }

  private <T> T ask(Use<T> use) throws WalletException {
    return inside.call(
        () ->
            use.apply(
                inside
                    .wallets()
                    .find(name)
                    .orElseThrow(
                        () -> new IllegalArgumentException("no wallet '" + name + "' is loaded"))));
  }

  /** For what no wallet refuses. */
  private <T> T read(Use<T> use) {
    try {
      return ask(use);
    } catch (WalletException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  public String name() {
    return name;
  }

  /** An address that was never given away. */
  public String newAddress() {
    return newAddress("");
  }

  /**
   * An address that was never given away.
   *
   * @param label the owner's name for it
   */
  public String newAddress(String label) {
    return read(wallet -> wallet.newReceiveAddress(label).toString());
  }

  /**
   * Pays for a fee of one satoshi for each virtual byte. The payment waits in the mempool.
   *
   * @throws IllegalArgumentException if this is no address of regtest
   * @throws IllegalStateException if there are not enough coins, or the node refuses the payment
   */
  public Txid send(String address, long amountSat) {
    return send(address, amountSat, FEE_RATE_SAT_PER_KVB);
  }

  /**
   * The same for another fee.
   *
   * @param feeRateSatPerKvb satoshis for each thousand virtual bytes
   */
  public Txid send(String address, long amountSat, long feeRateSatPerKvb) {
    try {
      return ask(
          wallet -> {
            Address to = parse(address, wallet.network());
            return wallet.send(SendRequest.of(to, amountSat, feeRateSatPerKvb)).txid();
          });
    } catch (WalletException e) {
      throw new IllegalStateException(
          "cannot pay %d sat to %s: %s".formatted(amountSat, address, e.getMessage()), e);
    }
  }

  private static Address parse(String address, Network network) {
    try {
      return Address.parse(address, network);
    } catch (WalletException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** What can be spent, what is pending, and what is mined and too young. */
  public Balance balance() {
    return read(Wallet::balance);
  }

  /** What can be spent now. */
  public long balanceSat() {
    return balance().trustedSat();
  }

  /** All transactions that pay to the wallet or from it, the latest first. */
  public List<TransactionDetails> transactions() {
    return read(wallet -> wallet.history().transactions().toList());
  }

  /** A transaction that pays to the wallet or from it. */
  public Optional<TransactionDetails> transaction(Txid txid) {
    try {
      return Optional.of(ask(wallet -> wallet.history().transaction(txid)));
    } catch (WalletException e) {
      if (e.error() == WalletError.NOT_FOUND) {
        return Optional.empty();
      }
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * How many blocks stand on a transaction of this wallet, its own included; 0 while it waits, and
   * where the wallet does not know it.
   */
  public int confirmations(Txid txid) {
    return transaction(txid).map(TransactionDetails::confirmations).orElse(0);
  }

  @Override
  public String toString() {
    return "wallet " + name;
  }
}
