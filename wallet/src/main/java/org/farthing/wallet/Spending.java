package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.wallet.descriptor.Keychain;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.OwnOutput;
import org.farthing.wallet.history.Valuation;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.Signer;
import org.farthing.wallet.spend.SpendableCoin;
import org.farthing.wallet.spend.TxBuilder;
import org.farthing.wallet.spend.TxPlan;

/** The way of a payment: which coins may be spent, the plan, the signatures, the network. */
final class Spending {
  /** Mempools refuse longer chains of unconfirmed transactions. */
  private static final int MAX_UNCONFIRMED_CHAIN = 24;

  private final WalletContext context;
  private final WalletState state;
  private final History history;

  Spending(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
    this.history = state.history();
  }

  List<UnspentCoin> listUnspent() {
    Valuation valuation = valuation();
    List<UnspentCoin> coins = new ArrayList<>();
    for (OwnOutput own : history.unspent()) {
      WalletTx entry = history.find(own.outPoint().txid()).orElseThrow();
      if (entry.isConfirmed() || history.isInMempool(entry.txid())) {
        coins.add(
            new UnspentCoin(
                own,
                valuation.confirmations(entry),
                valuation.isTrusted(entry),
                valuation.blocksToMaturity(entry)));
      }
    }
    return coins;
  }

  private Valuation valuation() {
    return new Valuation(history, context.params().coinbaseMaturity());
  }

  TxPlan plan(SendRequest request) throws WalletException {
    Valuation valuation = valuation();
    List<SpendableCoin> confirmed = new ArrayList<>();
    List<SpendableCoin> unconfirmed = new ArrayList<>();
    for (UnspentCoin coin : listUnspent()) {
      if (!coin.isSpendable()) {
        continue;
      }
      OwnOutput own = coin.own();
      boolean inBlock = coin.confirmations() > 0;
      WalletTx entry = history.find(own.outPoint().txid()).orElseThrow();
      if (inBlock || valuation.unconfirmedChain(entry) <= MAX_UNCONFIRMED_CHAIN) {
        (inBlock ? confirmed : unconfirmed)
            .add(new SpendableCoin(own.outPoint(), own.output(), own.origin(), inBlock));
      }
    }
    return new TxBuilder(changeScript(), history.tipHeight(), context.random())
        .build(request, confirmed, unconfirmed);
  }

  /** The next change script; it is used up when the transaction is taken in. */
  private Script changeScript() {
    Keychain keychain = state.keychains().active(Role.CHANGE).orElseThrow();
    return keychain.script(keychain.next());
  }

  Transaction execute(TxPlan plan, String note) throws WalletException {
    for (SpendableCoin coin : plan.coins()) {
      if (!history.isUnspent(coin.outPoint())) {
        throw new WalletException(
            WalletError.INVALID_REQUEST,
            "a coin of this payment has been spent since it was planned: plan it again");
      }
    }
    long now = context.nowSeconds().getAsLong();
    Transaction signed = state.keyring().use(now, master -> new Signer(master).sign(plan));
    history.addOwn(signed, now, note);
    state.save();
    Optional<String> refusal = context.publisher().publish(signed);
    if (refusal.isPresent()) {
      history.abandon(signed.txid());
      state.save();
      throw new WalletException(
          WalletError.REJECTED, "the node refuses the transaction: " + refusal.get());
    }
    return signed;
  }
}
