package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.Keychain.Role;
import org.farthing.wallet.descriptor.ScriptOrigin;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.OwnOutput;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.Valuation;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.spend.Change;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.Signer;
import org.farthing.wallet.spend.SpendableCoin;
import org.farthing.wallet.spend.TxBuilder;
import org.farthing.wallet.spend.TxPlan;

/**
 * The way of a wallet's own transactions: which coins may be spent, the plan, the signatures, the
 * network, and the end of those that never get into a block.
 */
public final class WalletPayments {
  /** Mempools refuse longer chains of unconfirmed transactions. */
  private static final int MAX_UNCONFIRMED_CHAIN = 24;

  /** With an older tip the chain is not up to date; eight hours, as in Bitcoin Core. */
  private static final long MAX_TIP_AGE_SECONDS = 8 * 60 * 60;

  private static final int EARLIER_ONE_IN = 10;
  private static final int MAX_BLOCKS_EARLIER = 100;

  private final WalletContext context;
  private final WalletState state;
  private final ChainFollower follower;
  private final WalletHistory coins;
  private final WalletSigning signing;
  private final History history;

  WalletPayments(WalletContext context, WalletState state, ChainFollower follower) {
    this.context = context;
    this.state = state;
    this.follower = follower;
    this.coins = new WalletHistory(context, state);
    this.signing = new WalletSigning(context, state);
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
    return draft(request);
  }

  /** The same, also for a wallet that only watches: somebody else must sign. */
  public TxPlan draft(SendRequest request) throws WalletException {
    context.owner().check();
    if (!follower.isSynchronised()) {
      throw new WalletException(
          WalletError.SYNCHRONISING,
          "the wallet is still reading the chain (block "
              + follower.position().height()
              + " of "
              + context.chain().snapshot().height()
              + "): try again when it is done");
    }
    TxBuilder.Limits limits = new TxBuilder.Limits(lockTime(), fees().maximumSat());
    return new TxBuilder(changeFor(request), limits, context.random())
        .build(request, supply(request.control()));
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

  /** The coins that a payment can be made of. */
  private TxBuilder.Supply supply(CoinControl control) throws WalletException {
    List<SpendableCoin> required = new ArrayList<>();
    for (OutPoint outPoint : control.required()) {
      required.add(required(outPoint));
    }
    Valuation valuation = new Valuation(history, context.params().coinbaseMaturity());
    List<SpendableCoin> confirmed = new ArrayList<>();
    List<SpendableCoin> unconfirmed = new ArrayList<>();
    for (UnspentCoin coin : control.addsOthers() ? coins.unspent() : List.<UnspentCoin>of()) {
      Optional<ScriptOrigin> origin = signable(coin.own().output().scriptPubKey());
      if (!isWanted(coin, control.filter())
          || origin.isEmpty()
          || state.isCoinLocked(coin.own().outPoint())
          || control.required().contains(coin.own().outPoint())) {
        continue;
      }
      OwnOutput own = coin.own();
      boolean inBlock = coin.confirmations() > 0;
      WalletTx entry = history.find(own.outPoint().txid()).orElseThrow();
      if (inBlock || valuation.unconfirmedChain(entry) <= MAX_UNCONFIRMED_CHAIN) {
        (inBlock ? confirmed : unconfirmed)
            .add(new SpendableCoin(own.outPoint(), own.output(), origin.get(), inBlock));
      }
    }
    return new TxBuilder.Supply(required, confirmed, unconfirmed);
  }

  private static boolean isWanted(UnspentCoin coin, CoinControl.Filter filter) {
    return coin.blocksToMaturity() == 0
        && (coin.trusted() || filter.unsafe())
        && coin.confirmations() >= filter.leastConfirmations()
        && coin.confirmations() <= filter.mostConfirmations();
  }

  /** All coins that could be added to a payment. */
  List<SpendableCoin> spendable(CoinControl.Filter filter) throws WalletException {
    TxBuilder.Supply supply =
        supply(new CoinControl(List.of(), true, filter, CoinControl.ChangeWish.NONE));
    List<SpendableCoin> all = new ArrayList<>(supply.confirmed());
    all.addAll(supply.unconfirmed());
    return all;
  }

  /** A coin that the owner has chosen, also if a waiting transaction spends it. */
  SpendableCoin required(OutPoint outPoint) throws WalletException {
    OwnOutput own =
        history
            .output(outPoint)
            .orElseThrow(
                () ->
                    new WalletException(
                        WalletError.NOT_FOUND, "Not found pre-selected input " + outPoint));
    ScriptOrigin origin =
        signable(own.output().scriptPubKey())
            .orElseThrow(
                () ->
                    new WalletException(
                        WalletError.NOT_FOUND, "Not solvable pre-selected input " + outPoint));
    boolean confirmed = history.blockOf(outPoint.txid()).isPresent();
    return new SpendableCoin(outPoint, own.output(), origin, confirmed);
  }

  /** What the operator has chosen of fees. */
  public WalletOptions.Fees fees() {
    return context.options().fees();
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

  /** A keychain whose secrets suffice to spend the script. */
  private Optional<ScriptOrigin> signable(Script script) {
    return state.keychains().findAll(script).stream()
        .filter(origin -> origin.keychain().inputWeight(origin.position()).isPresent())
        .findFirst();
  }

  /** The next change script; it is used up when the transaction is taken in. */
  private Change changeFor(SendRequest request) {
    CoinControl.ChangeWish wish = request.control().change();
    if (wish.script().isPresent()) {
      int spendWeight =
          state
              .keychains()
              .find(wish.script().get())
              .map(own -> own.keychain().inputWeight(own.position()))
              .filter(OptionalInt::isPresent)
              .map(OptionalInt::getAsInt)
              .orElse(Change.none().spendWeight());
      return new Change(wish.script(), spendWeight);
    }
    AddressType type =
        wish.type()
            .orElseGet(() -> new ChangeType(state.keychains(), context.options()).of(request));
    return state
        .keychains()
        .active(type, Role.CHANGE)
        .filter(keychain -> keychain.next() < keychain.derivedEnd())
        .map(
            keychain ->
                new Change(
                    Optional.of(keychain.script(keychain.next())),
                    keychain.inputWeight(0).orElse(Change.none().spendWeight())))
        .orElseGet(Change::none);
  }

  /**
   * Signs a plan, stores the transaction, and publishes it.
   *
   * @param note kept with the transaction; may be empty
   * @throws WalletException LOCKED, REJECTED, or INVALID_REQUEST where a coin of the plan has been
   *     spent since
   */
  public Transaction execute(TxPlan plan, String note) throws WalletException {
    return execute(plan, note, Optional.empty());
  }

  /** The same in the place of a transaction that waits. */
  Transaction execute(TxPlan plan, String note, Optional<Txid> replaced) throws WalletException {
    context.owner().check();
    for (SpendableCoin coin : plan.coins()) {
      Set<Txid> spenders = history.spenders(coin.outPoint());
      boolean free =
          history.isUnspent(coin.outPoint()) || replaced.filter(spenders::contains).isPresent();
      if (!free) {
        throw new WalletException(
            WalletError.INVALID_REQUEST,
            "a coin of this payment has been spent since it was planned: plan it again");
      }
    }
    long now = context.nowSeconds().getAsLong();
    Transaction signed = sign(plan);
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

  /**
   * Offers the wallet's own waiting transactions that the mempool doesn't have to the network
   * again, in the order in which they were made. To be called now and then.
   */
  public void announcePending() {
    context.owner().check();
    List<WalletTx> waiting = new ArrayList<>();
    Valuation valuation = new Valuation(history, context.params().coinbaseMaturity());
    for (Txid txid : history.newestFirst()) {
      WalletTx entry = history.find(txid).orElseThrow();
      if (entry.state() instanceof TxState.Pending
          && !history.isInMempool(txid)
          && valuation.debitSat(entry.transaction()) > 0) {
        waiting.add(0, entry);
      }
    }
    waiting.forEach(entry -> context.publisher().publish(entry.transaction()));
  }
}
