package org.farthing.node.rpc.method.wallet;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
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

  private Received() {}

  /** In satoshis, whether spent since or not. */
  static long of(
      Wallet wallet, Collection<Address> addresses, int minConfirmations, boolean immature) {
    Set<Script> scripts = new HashSet<>();
    for (Address address : addresses) {
      if (wallet.addresses().originOf(address).isPresent()) {
        scripts.add(address.toScript());
      }
    }
    if (scripts.isEmpty()) {
      throw new RpcException(RpcErrorCode.WALLET_ERROR, "Address not found in wallet");
    }
    return wallet
        .history()
        .transactions()
        .filter(details -> counts(details, minConfirmations, immature))
        .flatMap(details -> details.entry().transaction().outputs().stream())
        .filter(output -> scripts.contains(output.scriptPubKey()))
        .mapToLong(TxOut::valueSat)
        .sum();
  }

  static boolean counts(TransactionDetails details, int minConfirmations, boolean immature) {
    boolean mined = details.entry().transaction().isCoinbase();
    return details.confirmations() >= minConfirmations
        && details.confirmations() >= (mined ? 1 : 0)
        && (immature || details.isMature());
  }
}
