package org.farthing.wallet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.InputSize;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.selection.Shuffle;
import org.farthing.wallet.selection.SpendableCoin;
import org.farthing.wallet.spend.BuildRules;
import org.farthing.wallet.spend.Change;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.Signer;
import org.farthing.wallet.spend.Supply;
import org.farthing.wallet.spend.TxBuilder;
import org.farthing.wallet.spend.TxPlan;

/**
 * The way of a wallet's own transactions: which coins may be spent, the plan, the signatures, the
 * network, and the end of those that never get into a block.
 */
public final class WalletPayments {
  /** With an older tip the chain is not up to date; eight hours, as in Bitcoin Core. */
  private static final long MAX_TIP_AGE_SECONDS = 8 * 60 * 60;

  private static final int PASSED_OVER_SECONDS = 5 * 60;
  private static final int EARLIER_ONE_IN = 10;
  private static final int MAX_BLOCKS_EARLIER = 100;

  private final WalletContext context;
  private final WalletState state;
  private final ChainFollower follower;
  private final WalletSigning signing;
  private final History history;

  WalletPayments(
      WalletContext context, WalletState state, ChainFollower follower, WalletSigning signing) {
    this.context = context;
    this.state = state;
    this.follower = follower;
    this.signing = signing;
    this.history = state.history();
  }

  /**
   * What a payment would look like. Nothing is kept: a plan can be shown to the owner, and dropped.
   *
   * @throws WalletException INVALID_AMOUNT, INVALID_REQUEST, INSUFFICIENT_FUNDS, FEE_TOO_HIGH,
   *     SYNCHRONISING, NO_PRIVATE_KEYS, OUT_OF_KEYS
   */
  public TxPlan plan(SendRequest request) throws WalletException {
    context.owner().check();
    if (!state.kind().privateKeys()) {
      throw new WalletException(
          WalletError.NO_PRIVATE_KEYS, "Error: Private keys are disabled for this wallet");
    }
    return plan(request, CoinSupply.Signer.WALLET);
  }

  /** The same where somebody else may have to sign, also for a wallet that only watches. */
  public TxPlan draft(SendRequest request) throws WalletException {
    context.owner().check();
    return plan(request, CoinSupply.Signer.ANYBODY);
  }

  private TxPlan plan(SendRequest request, CoinSupply.Signer signer) throws WalletException {
    if (!follower.isSynchronised()) {
      throw new WalletException(
          WalletError.SYNCHRONISING,
          "the wallet is still reading the chain (block "
              + follower.position().height()
              + " of "
              + context.chain().snapshot().height()
              + "): try again when it is done");
    }
    Supply supply = new CoinSupply(context, state).of(request, signer);
    TxPlan plan =
        new TxBuilder(changeFor(request), rules(), context.random()).build(request, supply);
    if (context.options().spending().rejectLongChains()
        && !context.chain().waiting().hasRoomFor(plan.unsigned())) {
      throw new WalletException(
          WalletError.REJECTED, "too many unconfirmed transactions in cluster");
    }
    return plan;
  }

  private BuildRules rules() {
    MempoolView waiting = context.chain().waiting();
    long dust = waiting.limits().dustRate();
    long discard = Math.min(fees().discard(), waiting.patientRate().orElse(fees().discard()));
    return new BuildRules(
        lockTime(),
        fees().maximumSat(),
        fees().extraForGroupsSat(),
        new BuildRules.Rates(Math.max(dust, discard), fees().consolidate(), dust));
  }

  /**
   * The height of the chain, so that it makes no sense to mine its last block anew for the fees in
   * it; now and then a lower one, so that a transaction that was held up looks like any other. As
   * long as the chain is old it would say when the wallet saw a block last, and is 0.
   */
  int lockTime() {
    HeaderNode tip = follower.position();
    if (tip.header().timeSeconds() < context.nowSeconds().getAsLong() - MAX_TIP_AGE_SECONDS) {
      return 0;
    }
    boolean earlier = context.random().nextInt(EARLIER_ONE_IN) == 0;
    return Math.max(0, tip.height() - (earlier ? context.random().nextInt(MAX_BLOCKS_EARLIER) : 0));
  }

  /** The same in an order that tells nobody who was paid first, or why. */
  public List<Payment> inAnyOrder(List<Payment> payments) {
    return Shuffle.of(payments, context.random());
  }

  /** What the operator has chosen of fees. */
  public WalletOptions.Fees fees() {
    return context.options().fees();
  }

  /** Whether payments that say nothing of it may be replaced. */
  public boolean isUsuallyReplaceable() {
    return context.options().spending().replaceable();
  }

  /**
   * The fee rate of payments that name none, in satoshis for each thousand virtual bytes.
   *
   * @throws WalletException NO_FEE_RATE where the operator wants none to be guessed
   */
  public long usualFeeRate() throws WalletException {
    long rate = fees().fallback();
    if (rate == 0) {
      throw new WalletException(
          WalletError.NO_FEE_RATE,
          "Fee estimation failed. Fallbackfee is disabled. Wait a few blocks or enable"
              + " -fallbackfee.");
    }
    return rate;
  }

  /**
   * Signs a plan, and keeps nothing.
   *
   * @throws WalletException LOCKED, INVALID_KEY
   */
  public Transaction sign(TxPlan plan) throws WalletException {
    return signing.withKeysOf(plan.spentScripts(), keys -> new Signer(keys).sign(plan));
  }

  /** The next change script; it is used up when the transaction is taken in. */
  private Change changeFor(SendRequest request) {
    CoinControl.ChangeWish wish = request.control().change();
    if (wish.script().isPresent()) {
      return new Change(wish.script(), spendWeight(wish.script().get()));
    }
    AddressType type =
        wish.type()
            .orElseGet(() -> new ChangeType(state.keychains(), context.options()).of(request));
    return state
        .keychains()
        .active(type, Role.CHANGE)
        .filter(state.keychains()::hasNext)
        .map(keychain -> keychain.script(keychain.next()))
        .map(script -> new Change(Optional.of(script), spendWeight(script)))
        .orElseGet(Change::none);
  }

  private int spendWeight(Script script) {
    return CoinSupply.size(state, script, CoinSupply.Signer.ANYBODY)
        .map(InputSize::weight)
        .orElse(Change.NESTED_SPEND_WEIGHT);
  }

  /**
   * Signs a plan, stores the transaction, and publishes it. If the node refuses it now, it waits:
   * it is offered again later, until its owner gives it up.
   *
   * @param note kept with the transaction; may be empty
   * @throws WalletException LOCKED, or INVALID_REQUEST where a coin of the plan has been spent
   *     since
   */
  public Transaction execute(TxPlan plan, String note) throws WalletException {
    return execute(plan, WalletTx.Notes.of(note));
  }

  /** The same with more to be said of it: for example in whose place it is made. */
  public Transaction execute(TxPlan plan, WalletTx.Notes notes) throws WalletException {
    context.owner().check();
    expectFree(plan, notes);
    Transaction signed = sign(plan);
    store(signed, notes);
    return signed;
  }

  /**
   * The same where the plan has been signed already.
   *
   * @throws WalletException INVALID_REQUEST where a coin of the plan has been spent since
   */
  public void publish(TxPlan plan, Transaction signed, WalletTx.Notes notes)
      throws WalletException {
    context.owner().check();
    expectFree(plan, notes);
    store(signed, notes);
  }

  private void store(Transaction signed, WalletTx.Notes notes) {
    history.addOwn(signed, context.nowSeconds().getAsLong(), notes);
    state.save();
    offer(signed);
  }

  /** Returns whether the mempool has the transaction now. */
  private boolean offer(Transaction transaction) {
    return context.options().spending().broadcast()
        && context.publisher().publish(transaction).isEmpty();
  }

  private void expectFree(TxPlan plan, WalletTx.Notes notes) throws WalletException {
    for (SpendableCoin coin : plan.coins()) {
      Set<Txid> spenders = history.spenders(coin.outPoint());
      boolean free =
          history.output(coin.outPoint()).isEmpty()
              || history.isUnspent(coin.outPoint())
              || notes.replaces().filter(spenders::contains).isPresent();
      if (!free) {
        throw new WalletException(
            WalletError.INVALID_REQUEST,
            "a coin of this payment has been spent since it was planned: plan it again");
      }
    }
  }

  /** Plans and pays in one go. */
  public Transaction send(SendRequest request) throws WalletException {
    return execute(plan(request), request.note());
  }

  /**
   * Gives up a waiting transaction that no mempool has any more: its coins can be spent again.
   *
   * @throws WalletException NOT_FOUND, or INVALID_REQUEST for one that is confirmed or waiting
   */
  public void abandon(Txid txid) throws WalletException {
    context.owner().check();
    if (history.find(txid).isEmpty()) {
      throw new WalletException(WalletError.NOT_FOUND, "the wallet has no transaction " + txid);
    }
    if (!history.abandon(txid)) {
      throw new WalletException(
          WalletError.INVALID_REQUEST, "the transaction is confirmed, or waits in the mempool");
    }
    state.save();
  }

  /** Offers waiting transactions that the mempool doesn't have to it, the oldest first. */
  void offerWaiting() {
    for (WalletTx entry : history.waiting()) {
      if (!history.isInMempool(entry.txid())) {
        offer(entry.transaction());
      }
    }
  }

  /**
   * Offers waiting transactions to the network again, the oldest first, also those that the mempool
   * has. To be called now and then, and not at even intervals: who watches the network need not see
   * whose they are.
   *
   * @param lastBlockSeconds when the last block came: those that were there five minutes before it
   *     could have been in it
   * @return how many the mempool has
   */
  public int announceWaiting(long lastBlockSeconds) {
    context.owner().check();
    int taken = 0;
    for (WalletTx entry : history.waiting()) {
      boolean passedOver =
          entry.times().receivedSeconds() <= lastBlockSeconds - PASSED_OVER_SECONDS;
      if (passedOver && offer(entry.transaction())) {
        taken++;
      }
    }
    return taken;
  }
}
