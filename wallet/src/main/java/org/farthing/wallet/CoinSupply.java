package org.farthing.wallet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.InputSize;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.OwnOutput;
import org.farthing.wallet.history.Valuation;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.selection.SelectionPolicy;
import org.farthing.wallet.selection.SpendableCoin;
import org.farthing.wallet.selection.SpendableCoin.Ancestry;
import org.farthing.wallet.selection.SpendableCoin.Standing;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.Supply;

/** Which of a wallet's coins a transaction can be made of. */
final class CoinSupply {
  private final WalletContext context;
  private final WalletState state;
  private final History history;
  private final WalletHistory coins;

  CoinSupply(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
    this.history = state.history();
    this.coins = new WalletHistory(context, state);
  }

  /** Who has to sign for a coin. */
  enum Signer {
    /** The wallet. */
    WALLET,
    /** Whoever can, if anybody. */
    ANYBODY
  }

  /**
   * @throws WalletException see {@link NamedCoins}
   */
  Supply of(SendRequest request, Signer signer) throws WalletException {
    CoinControl control = request.control();
    long rate = request.feeRateSatPerKvb();
    List<SpendableCoin> named = new NamedCoins(context, state).of(control);
    List<SpendableCoin> others = control.addsOthers() ? available(control, signer) : List.of();
    return new Supply(
        priced(named, rate),
        priced(others, rate),
        policy(control.filter()),
        together -> context.chain().waiting().combinedBumpFee(together, rate));
  }

  private SelectionPolicy policy(CoinControl.Filter filter) {
    WalletOptions.Spending spending = context.options().spending();
    MempoolView.Limits limits = context.chain().waiting().limits();
    return new SelectionPolicy(
        filter.grouped() || spending.grouped(),
        filter.unsafe(),
        spending.unconfirmedChange(),
        spending.rejectLongChains(),
        Math.max(1, limits.ancestors()),
        Math.max(1, limits.descendants()));
  }

  private List<SpendableCoin> priced(List<SpendableCoin> all, long rate) {
    List<OutPoint> waiting =
        all.stream()
            .filter(coin -> coin.standing().confirmations() == 0)
            .map(SpendableCoin::outPoint)
            .toList();
    if (waiting.isEmpty()) {
      return all;
    }
    Map<OutPoint, Long> fees = context.chain().waiting().bumpFees(waiting, rate);
    return all.stream()
        .map(coin -> coin.withBumpFee(fees.getOrDefault(coin.outPoint(), 0L)))
        .toList();
  }

  /** All coins that could be added to a transaction, but for those that are named. */
  List<SpendableCoin> available(CoinControl control, Signer signer) {
    Valuation valuation = coins.valuation();
    Set<OutPoint> named = new HashSet<>(control.named().coins());
    List<SpendableCoin> found = new ArrayList<>();
    for (UnspentCoin coin : coins.unspent()) {
      OwnOutput own = coin.own();
      if (!named.contains(own.outPoint())
          && !state.isCoinLocked(own.outPoint())
          && isWanted(coin, control)) {
        Optional<InputSize> size = size(state, own.output().scriptPubKey(), signer);
        if (size.isPresent() || signer == Signer.ANYBODY) {
          found.add(
              new SpendableCoin(own.outPoint(), own.output(), size, standing(coin, valuation), 0));
        }
      }
    }
    return control.form().isTruc() ? ofOneTrucParent(found) : found;
  }

  private boolean isWanted(UnspentCoin coin, CoinControl control) {
    CoinControl.Filter filter = control.filter();
    WalletTx entry = history.find(coin.own().outPoint().txid()).orElseThrow();
    boolean waits = coin.confirmations() == 0;
    return coin.blocksToMaturity() == 0
        && (filter.unsafe() || coin.trusted())
        && coin.confirmations() >= filter.leastConfirmations()
        && coin.confirmations() <= filter.mostConfirmations()
        && (filter.reused() || !history.isSpentFrom(coin.own().output().scriptPubKey()))
        && (!waits || suits(entry, control.form()));
  }

  /** A transaction of version 3 may have one waiting parent of its version, and no other. */
  private boolean suits(WalletTx parent, CoinControl.Form form) {
    boolean isTruc = parent.transaction().version() == CoinControl.Form.TRUC_VERSION;
    MempoolView waiting = context.chain().waiting();
    return form.isTruc()
        ? isTruc
            && !waiting.hasChild(parent.txid())
            && waiting.ancestry(parent.txid()).ancestors() <= 1
        : !isTruc;
  }

  /** Of several waiting parents the one that gives the most. */
  private static List<SpendableCoin> ofOneTrucParent(List<SpendableCoin> all) {
    Map<Txid, Long> values = new HashMap<>();
    for (SpendableCoin coin : all) {
      if (coin.standing().confirmations() == 0) {
        values.merge(coin.outPoint().txid(), coin.valueSat(), Long::sum);
      }
    }
    Optional<Txid> best =
        values.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    return all.stream()
        .filter(
            coin ->
                coin.standing().confirmations() > 0
                    || best.filter(coin.outPoint().txid()::equals).isPresent())
        .toList();
  }

  private Standing standing(UnspentCoin coin, Valuation valuation) {
    Txid txid = coin.own().outPoint().txid();
    boolean waits = coin.confirmations() == 0;
    return new Standing(
        coin.confirmations(),
        valuation.debitSat(history.find(txid).orElseThrow().transaction()) > 0,
        kind(coin.own().output(), coin),
        waits ? context.chain().waiting().ancestry(txid) : Ancestry.CONFIRMED);
  }

  private Optional<AddressType> kind(TxOut output, UnspentCoin coin) {
    return switch (ScriptPattern.classify(output.scriptPubKey())) {
      case P2TR -> Optional.of(AddressType.BECH32M);
      case P2WPKH, P2WSH -> Optional.of(AddressType.BECH32);
      case P2PKH -> Optional.of(AddressType.LEGACY);
      case P2SH ->
          coin.own()
              .origin()
              .keychain()
              .solvedSize(coin.own().origin().position())
              .filter(InputSize::segwit)
              .map(size -> AddressType.P2SH_SEGWIT)
              .or(() -> Optional.of(AddressType.LEGACY));
      default -> Optional.empty();
    };
  }

  /** An input that spends the script with the keys of those who sign. */
  static Optional<InputSize> size(WalletState state, Script script, Signer signer) {
    Optional<InputSize> signable =
        state.keychains().findAll(script).stream()
            .flatMap(origin -> origin.keychain().inputSize(origin.position()).stream())
            .findFirst();
    if (signable.isPresent() || signer == Signer.WALLET) {
      return signable;
    }
    return state.keychains().findAll(script).stream()
        .flatMap(origin -> origin.keychain().solvedSize(origin.position()).stream())
        .findFirst();
  }
}
