package org.farthing.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.wallet.descriptor.InputSize;
import org.farthing.wallet.error.WalletError;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.History;
import org.farthing.wallet.history.OwnOutput;
import org.farthing.wallet.selection.SpendableCoin;
import org.farthing.wallet.selection.SpendableCoin.Standing;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.SpendSolver;

/** Coins that the owner has named: the wallet's, and those of others who will sign for them. */
final class NamedCoins {
  private final WalletContext context;
  private final WalletState state;
  private final History history;

  NamedCoins(WalletContext context, WalletState state) {
    this.context = context;
    this.state = state;
    this.history = state.history();
  }

  /**
   * In the order in which they are named; also such that a waiting transaction spends.
   *
   * @throws WalletException NOT_FOUND for a coin that is nowhere, or of which nobody knows how it
   *     is spent; INVALID_REQUEST for one that a transaction of this version cannot spend
   */
  List<SpendableCoin> of(CoinControl control) throws WalletException {
    List<SpendableCoin> named = new ArrayList<>();
    for (OutPoint outPoint : control.named().coins()) {
      Optional<OwnOutput> own = history.output(outPoint);
      if (own.isPresent()) {
        checkVersion(outPoint, control.form());
      }
      TxOut output =
          own.map(OwnOutput::output)
              .or(() -> context.chain().waiting().output(outPoint))
              .orElseThrow(() -> notFound("Unable to find UTXO for external input " + outPoint));
      Script script = output.scriptPubKey();
      InputSize size =
          given(control.named(), outPoint, script)
              .or(() -> own.flatMap(coin -> size(script)))
              .or(() -> SpendSolver.inputSize(script, control.named().keys()))
              .orElseThrow(() -> notFound("Not solvable pre-selected input " + shortly(outPoint)));
      named.add(new SpendableCoin(outPoint, output, Optional.of(size), Standing.NAMED, 0));
    }
    return named;
  }

  private Optional<InputSize> given(CoinControl.Named named, OutPoint outPoint, Script script) {
    return Optional.ofNullable(named.weights().get(outPoint))
        .map(weight -> InputSize.given(weight, isSegwit(named, script)));
  }

  private boolean isSegwit(CoinControl.Named named, Script script) {
    return size(script)
        .or(() -> SpendSolver.inputSize(script, named.keys()))
        .map(InputSize::segwit)
        .orElseGet(() -> named.keys().isSegwit(script));
  }

  private Optional<InputSize> size(Script script) {
    return CoinSupply.size(state, script, CoinSupply.Signer.ANYBODY);
  }

  /** Waiting transactions of version 3 have children of version 3 alone, and the reverse. */
  private void checkVersion(OutPoint outPoint, CoinControl.Form form) throws WalletException {
    if (history.blockOf(outPoint.txid()).isPresent()) {
      return;
    }
    int parent = history.find(outPoint.txid()).orElseThrow().transaction().version();
    boolean parentIsTruc = parent == CoinControl.Form.TRUC_VERSION;
    if (parentIsTruc != form.isTruc()) {
      throw new WalletException(
          WalletError.INVALID_REQUEST,
          "Can't spend unconfirmed version %d pre-selected input with a version %d tx"
              .formatted(parent, form.version()));
    }
  }

  /** As Bitcoin Core's messages have it. */
  private static String shortly(OutPoint outPoint) {
    return "COutPoint(%s, %d)"
        .formatted(outPoint.txid().toString().substring(0, 10), outPoint.index());
  }

  private static WalletException notFound(String message) {
    return new WalletException(WalletError.NOT_FOUND, message);
  }
}
