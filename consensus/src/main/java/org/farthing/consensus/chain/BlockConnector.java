package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.SigOps;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.SequenceLocks;
import org.farthing.consensus.validation.TxChecks;
import org.farthing.consensus.validation.Verdict;

/**
 * Checks a block against the coins before it, and works out the coins after it. Changes nothing.
 */
final class BlockConnector {
  /** About: a transaction with an input and two outputs, and some room. */
  private static final int CHANGES_FOR_EACH = 4;

  private final ConsensusParams params;
  private final ScriptChecks scripts;

  BlockConnector(ConsensusParams params, ScriptChecks scripts) {
    this.params = params;
    this.scripts = scripts;
  }

  /** What came of it. */
  sealed interface Outcome {
    /** The block is valid. */
    record Connected(CoinChanges changes, BlockUndo undo) implements Outcome {}

    /** The block breaks a rule. */
    record Refused(Verdict.Rejected verdict) implements Outcome {}
  }

  /**
   * Checks all rules that need coins. The block has passed those that need none.
   *
   * @param node the block's place
   * @param before the coins as of the block's parent
   * @param verification whether the scripts run too
   */
  Outcome connect(Block block, HeaderNode node, CoinView before, ScriptVerification verification) {
    return begin(block, node, before, verification).finish();
  }

  /** The same, but that the scripts may still be running on other threads when this returns. */
  Begun begin(Block block, HeaderNode node, CoinView before, ScriptVerification verification) {
    Run run = new Run(block, node, before);
    Verdict verdict = run.transactions();
    if (verdict.isAccepted()) {
      verdict = run.coinbaseAmount();
    }
    Optional<ScriptChecks.Running> running =
        verdict.isAccepted() && verification.isOn()
            ? Optional.of(scripts.start(run.spends, run.flags))
            : Optional.empty();
    return new Begun(run, verdict, running);
  }

  /** A block of which everything has been looked at but its scripts. */
  final class Begun {
    private final Run run;
    private final Verdict soFar;

    /** Empty where the scripts need not run, or the block breaks a rule anyway. */
    private final Optional<ScriptChecks.Running> running;

    private Begun(Run run, Verdict soFar, Optional<ScriptChecks.Running> running) {
      this.run = run;
      this.soFar = soFar;
      this.running = running;
    }

    Block block() {
      return run.block;
    }

    HeaderNode node() {
      return run.node;
    }

    /** No rule is known to be broken. */
    boolean isGoodSoFar() {
      return soFar.isAccepted();
    }

    /** What the block, if it is valid, does to a coin; null if it does nothing. */
    Optional<Coin> change(OutPoint outPoint) {
      return run.changes.get(outPoint);
    }

    /** Waits for the scripts, and helps. */
    Outcome finish() {
      Verdict verdict = running.map(ScriptChecks.Running::finish).orElse(soFar);
      return verdict instanceof Verdict.Rejected rejected
          ? new Outcome.Refused(rejected)
          : new Outcome.Connected(
              new CoinChanges(run.changes, !Repetition.isAllowedIn(run.node, params)),
              new BlockUndo(run.spends.stream().map(Spend::coins).toList()));
    }

    /** Nobody wants to know. */
    void abandon() {
      running.ifPresent(ScriptChecks.Running::abandon);
    }
  }

  /** The changes that take a connected block back. */
  static CoinChanges disconnect(Block block, BlockUndo undo) {
    Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
    List<Transaction> transactions = block.transactions();
    for (int i = transactions.size() - 1; i >= 0; i--) {
      Transaction tx = transactions.get(i);
      for (int output = 0; output < tx.outputs().size(); output++) {
        if (Coin.canBeSpent(tx.outputs().get(output))) {
          changes.put(tx.outPoint(output), Optional.empty());
        }
      }
      for (int input = 0; i > 0 && input < tx.inputs().size(); input++) {
        changes.put(
            tx.inputs().get(input).outPoint(), Optional.of(undo.spent().get(i - 1).get(input)));
      }
    }
    return new CoinChanges(changes, false);
  }

  /** The changes of a block that was connected before, and is not checked again. */
  static CoinChanges reconnect(Block block, HeaderNode node) {
    Map<OutPoint, Optional<Coin>> changes = new HashMap<>();
    for (Transaction tx : block.transactions()) {
      apply(tx, node.height(), changes);
    }
    return new CoinChanges(changes, false);
  }

  private static void apply(Transaction tx, int height, Map<OutPoint, Optional<Coin>> changes) {
    boolean coinbase = tx.isCoinbase();
    if (!coinbase) {
      tx.inputs().forEach(input -> changes.put(input.outPoint(), Optional.empty()));
    }
    List<TxOut> outputs = tx.outputs();
    for (int i = 0; i < outputs.size(); i++) {
      if (Coin.canBeSpent(outputs.get(i))) {
        changes.put(tx.outPoint(i), Optional.of(new Coin(outputs.get(i), height, coinbase)));
      }
    }
  }

  /** A transaction that is no coinbase, with the coins that its inputs spend, in their order. */
  record Spend(Transaction tx, List<Coin> coins, List<TxOut> outputs) {
    static Spend of(Transaction tx, List<Coin> coins) {
      List<TxOut> outputs = new ArrayList<>(coins.size());
      for (Coin coin : coins) {
        outputs.add(coin.output());
      }
      return new Spend(tx, coins, outputs);
    }
  }

  /** One block on its way through the checks. */
  private final class Run {
    private final Block block;
    private final HeaderNode node;
    private final CoinView before;
    private final ScriptFlags flags;
    private final Map<OutPoint, Optional<Coin>> changes;
    private final List<Spend> spends = new ArrayList<>();
    private long feesSat;
    private long sigOpCost;

    Run(Block block, HeaderNode node, CoinView before) {
      this.block = block;
      this.node = node;
      this.before = before;
      this.changes = new HashMap<>(block.transactions().size() * CHANGES_FOR_EACH);
      this.flags = ScriptRules.of(node, params);
    }

    private Optional<Coin> coin(OutPoint outPoint) {
      Optional<Coin> changed = changes.get(outPoint);
      return changed != null ? changed : before.coin(outPoint);
    }

    Verdict transactions() {
      Verdict verdict = overwritesNothing();
      for (Transaction tx : block.transactions()) {
        if (!verdict.isAccepted()) {
          break;
        }
        Spend spend = Spend.of(tx, tx.isCoinbase() ? List.of() : coins(tx));
        if (!tx.isCoinbase()) {
          verdict = spend(spend);
        }
        if (verdict.isAccepted()) {
          verdict = sigOps(spend);
          update(spend);
        }
      }
      return verdict;
    }

    /** BIP-0030. */
    private Verdict overwritesNothing() {
      if (!Repetition.isPossibleIn(node, params)) {
        return Verdict.accepted();
      }
      for (Transaction tx : block.transactions()) {
        for (int i = 0; i < tx.outputs().size(); i++) {
          if (before.coin(tx.outPoint(i)).isPresent()) {
            return Verdict.rejected(RejectReason.BAD_TXNS_BIP30, "tried to overwrite transaction");
          }
        }
      }
      return Verdict.accepted();
    }

    /** The coins of the inputs, fewer than inputs if one is missing. */
    private List<Coin> coins(Transaction tx) {
      if (tx.inputs().size() == 1) {
        // Nearly always; the undo data need no copy of such a list.
        return coin(tx.inputs().get(0).outPoint()).map(coin -> List.of(coin)).orElse(List.of());
      }
      List<Coin> coins = new ArrayList<>(tx.inputs().size());
      for (TxIn input : tx.inputs()) {
        coin(input.outPoint()).ifPresent(coins::add);
      }
      return coins;
    }

    private Verdict spend(Spend spend) {
      Transaction tx = spend.tx();
      List<Coin> spent = spend.coins();
      if (spent.size() < tx.inputs().size()) {
        return Verdict.rejected(
            RejectReason.BAD_TXNS_INPUTS_MISSINGORSPENT,
            "CheckTxInputs: inputs missing/spent in transaction " + tx.txid());
      }
      if (TxChecks.inUtxoContext(tx, spent, node.height(), params)
          instanceof Verdict.Rejected rejected) {
        return Verdict.rejected(
            rejected.reason(), rejected.detail() + " in transaction " + tx.txid());
      }
      feesSat += TxChecks.fee(tx, spent);
      if (!Amount.isInRange(feesSat)) {
        return Verdict.rejected(
            RejectReason.BAD_TXNS_ACCUMULATED_FEE_OUTOFRANGE,
            "accumulated fee in the block out of range");
      }
      return sequenceLocks(tx, spent);
    }

    private Verdict sequenceLocks(Transaction tx, List<Coin> spent) {
      if (!params.isActive(Deployment.CSV, node.height())) {
        return Verdict.accepted();
      }
      SequenceLocks locks =
          SequenceLocks.of(tx, spent, height -> node.ancestor(height).medianTimePast());
      return locks.areSatisfied(node.height(), node.parent().medianTimePast())
          ? Verdict.accepted()
          : Verdict.rejected(
              RejectReason.BAD_TXNS_NONFINAL,
              "contains a non-BIP68-final transaction " + tx.txid());
    }

    private Verdict sigOps(Spend spend) {
      sigOpCost += SigOps.cost(spend.tx(), spend.outputs(), flags);
      return sigOpCost > BlockChecks.MAX_SIGOP_COST
          ? Verdict.rejected(RejectReason.BAD_BLK_SIGOPS, "too many sigops")
          : Verdict.accepted();
    }

    private void update(Spend spend) {
      if (!spend.tx().isCoinbase()) {
        spends.add(spend);
      }
      apply(spend.tx(), node.height(), changes);
    }

    Verdict coinbaseAmount() {
      long paid = TxChecks.valueOut(block.transactions().get(0));
      long limit = feesSat + params.subsidy().at(node.height());
      return paid > limit
          ? Verdict.rejected(
              RejectReason.BAD_CB_AMOUNT,
              "coinbase pays too much (actual=%d vs limit=%d)".formatted(paid, limit))
          : Verdict.accepted();
    }
  }
}
