package org.farthing.node.rpc.method.wallet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Param;
import org.farthing.wallet.TransactionDetails;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;

/** What certain scripts of a wallet have received. */
final class Received {
  static final Param<Integer> MIN_CONF =
      Param.integer("minconf", "Transactions with fewer confirmations don't count").or(1);
  static final Param<Boolean> IMMATURE =
      Param.flag("include_immature_coinbase", "Newly mined coins count too").or(false);

  static final Param<Boolean> EMPTY =
      Param.flag("include_empty", "Also those that have received nothing").or(false);
  static final Param<Boolean> WATCH_ONLY =
      Param.flag("include_watchonly", "Accepted and without effect").or(false);

  private Received() {}

  /** In satoshis, whether spent since or not. */
  static long of(
      Wallet wallet, Collection<Address> addresses, int minConfirmations, boolean immature) {
    Map<Address, Tally> tallies = tallies(wallet, addresses, minConfirmations, immature);
    if (tallies.isEmpty()) {
      throw new RpcException(RpcErrorCode.WALLET_ERROR, "Address not found in wallet");
    }
    return tallies.values().stream().mapToLong(Tally::amountSat).sum();
  }

  /** What one address has received in the transactions that count. */
  static final class Tally {
    private long amountSat;
    private int confirmations = Integer.MAX_VALUE;
    private final List<Txid> txids = new ArrayList<>();

    private void add(TxOut output, TransactionDetails details) {
      amountSat += output.valueSat();
      confirmations = Math.min(confirmations, details.confirmations());
      txids.add(details.entry().txid());
    }

    void add(Tally other) {
      amountSat += other.amountSat;
      confirmations = Math.min(confirmations, other.confirmations);
      txids.addAll(other.txids);
    }

    long amountSat() {
      return amountSat;
    }

    /** Of the latest transaction; 0 if there is none. */
    int confirmations() {
      return txids.isEmpty() ? 0 : confirmations;
    }

    List<Txid> txids() {
      return txids;
    }
  }

  /**
   * What the wallet's addresses in its address book have received, also nothing; change is not
   * among them.
   */
  static Map<Address, Tally> byAddress(Wallet wallet, int minConfirmations, boolean immature) {
    return tallies(wallet, wallet.addresses().book().keySet(), minConfirmations, immature);
  }

  /** Of those of the addresses that are the wallet's own. */
  private static Map<Address, Tally> tallies(
      Wallet wallet, Collection<Address> addresses, int minConfirmations, boolean immature) {
    Map<Address, Tally> tallies = new LinkedHashMap<>();
    for (Address address : addresses) {
      if (wallet.addresses().originOf(address).isPresent()) {
        tallies.put(address, new Tally());
      }
    }
    wallet
        .history()
        .transactions()
        .filter(details -> counts(details, minConfirmations, immature))
        .forEach(
            details -> {
              for (TxOut output : details.entry().transaction().outputs()) {
                wallet
                    .addresses()
                    .of(output.scriptPubKey())
                    .map(tallies::get)
                    .ifPresent(tally -> tally.add(output, details));
              }
            });
    return tallies;
  }

  private static boolean counts(
      TransactionDetails details, int minConfirmations, boolean immature) {
    boolean mined = details.entry().transaction().isCoinbase();
    return details.confirmations() >= minConfirmations
        && details.confirmations() >= (mined ? 1 : 0)
        && (immature || details.isMature());
  }
}
