package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_INPUTS_DUPLICATE;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_INPUTS_MISSINGORSPENT;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_PREVOUT_NULL;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_VIN_EMPTY;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_VOUT_EMPTY;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.script.Opcode;
import org.farthing.testing.BlockDraft;

/** Which coins there are to be spent, in what order, and how often. */
final class SpendScenarios {
  private SpendScenarios() {}

  static List<Scenario> all() {
    return List.of(missing(), order(), longChains(), twice(), emptyLists(), unspendable());
  }

  private static void missing(ScenarioWriter to, String what, Transaction... spends) {
    to.invalid(what, BAD_TXNS_INPUTS_MISSINGORSPENT, to.next().with(spends));
  }

  private static Transaction spend(OutPoint... coins) {
    return Tx.spending(coins).output(1).build();
  }

  private static Scenario missing() {
    ScenarioWriter to = ScenarioWriter.regtest("coins that are not there");
    Transaction parent = spend(to.coin());
    missing(to, "never made", spend(new OutPoint(Txid.ZERO, 0)));
    missing(to, "the genesis's", spend(to.params().genesis().transactions().get(0).outPoint(0)));
    missing(to, "an output too far", parent, spend(parent.outPoint(1)));
    missing(to, "the last index", parent, spend(parent.outPoint(-1)));
    missing(to, "the block's own commitment", spendOfCommitment(to));
    missing(to, "beside one that is there", spend(to.coin(), parent.outPoint(0)));
    to.refuseBody("no outpoint", BAD_TXNS_PREVOUT_NULL, withNull(to, to.coin(), OutPoint.NULL));
    to.refuseBody(
        "first no outpoint", BAD_TXNS_PREVOUT_NULL, withNull(to, OutPoint.NULL, to.coin()));
    to.accept("one that is there", to.next().with(parent, spend(parent.outPoint(0))));
    to.tip("one that is there");
    return to.done();
  }

  private static BlockDraft withNull(ScenarioWriter to, OutPoint... coins) {
    return to.next().with(spend(coins));
  }

  /** The output of the last block's coinbase that commits to witnesses: OP_RETURN, so no coin. */
  private static Transaction spendOfCommitment(ScenarioWriter to) {
    return spend(to.block("base").transactions().get(0).outPoint(1));
  }

  private static Scenario order() {
    ScenarioWriter to = ScenarioWriter.regtest("coins made and spent in one block");
    Transaction parent = Tx.spending(to.coin()).output(3).output(4).build();
    Transaction child = spend(parent.outPoint(0));
    Transaction both = spend(child.outPoint(0), parent.outPoint(1));
    missing(to, "the child before the parent", child, parent);
    missing(to, "the parent in the middle", child, parent, both);
    missing(to, "the grandchild between", parent, both, child);
    missing(to, "without the parent", child);
    to.accept("parent, child, grandchild", to.next().with(parent, child, both));
    missing(to, "the child again, in the next block", child);
    missing(to, "all again, in the next block", parent, child, both);
    to.accept("the grandchild's coin", to.next().with(spend(both.outPoint(0))));
    to.tip("the grandchild's coin");
    return to.done();
  }

  private static Scenario longChains() {
    ScenarioWriter to = ScenarioWriter.regtest("a hundred spends, each of the one before");
    List<Transaction> chain = new ArrayList<>();
    OutPoint last = to.coin();
    for (int i = 0; i < 100; i++) {
      Transaction tx = Tx.spending(last).output(1000 - i).build();
      chain.add(tx);
      last = tx.outPoint(0);
    }
    List<Transaction> swapped = new ArrayList<>(chain);
    Collections.swap(swapped, 98, 99);
    to.invalid("the last two swapped", BAD_TXNS_INPUTS_MISSINGORSPENT, to.next().with(swapped));
    to.accept("in order", to.next().with(chain));
    // The same transactions on another branch, one in each block.
    List<Block> branch = new ArrayList<>();
    branch.add(to.prepared(to.on("base").with(chain.get(0))));
    for (Transaction tx : chain.subList(1, 5)) {
      branch.add(to.prepared(to.next().with(tx)));
    }
    branch.add(to.prepared(to.next().with(chain.subList(5, 100))));
    to.branch("spread over six blocks", branch);
    to.tip("spread over six blocks");
    return to.done();
  }

  private static Scenario twice() {
    ScenarioWriter to = ScenarioWriter.regtest("coins spent twice");
    OutPoint coin = to.coin();
    OutPoint other = to.coin();
    // CVE-2018-17144: one transaction names one coin twice.
    to.refuseBody(
        "by one transaction", BAD_TXNS_INPUTS_DUPLICATE, to.next().with(spend(coin, coin)));
    to.refuseBody(
        "by one transaction, another coin between",
        BAD_TXNS_INPUTS_DUPLICATE,
        to.next().with(spend(coin, other, coin)));
    to.refuseBody(
        "by one transaction, differently",
        BAD_TXNS_INPUTS_DUPLICATE,
        to.next()
            .with(
                Tx.spending(coin)
                    .input(coin, Scripts.repeat(Opcode.OP_1, 1))
                    .sequence(7)
                    .output(1)
                    .build()));
    Transaction made = Tx.spending(to.coin()).output(10).build();
    to.refuseBody(
        "by one transaction, made in this block",
        BAD_TXNS_INPUTS_DUPLICATE,
        to.next().with(made, spend(made.outPoint(0), made.outPoint(0))));
    missing(to, "by two transactions", spend(coin), Tx.spending(coin).output(2).build());
    missing(to, "by two, made in this block", made, spend(made.outPoint(0)), again(made));
    to.accept("once", to.next().with(spend(coin, other)));
    missing(to, "in the next block", spend(coin));
    to.mine(1);
    missing(to, "later", spend(other));
    to.accept("made and spent once", to.next().with(made, again(made)));
    to.tip("made and spent once");
    return to.done();
  }

  private static Transaction again(Transaction made) {
    return Tx.spending(made.outPoint(0)).output(2).build();
  }

  private static Scenario emptyLists() {
    ScenarioWriter to = ScenarioWriter.regtest("transactions without inputs or outputs");
    to.refuseBody("no inputs", BAD_TXNS_VIN_EMPTY, to.next().with(Tx.spending().output(1).build()));
    to.refuseBody("neither", BAD_TXNS_VIN_EMPTY, to.next().with(Tx.spending().build()));
    to.refuseBody(
        "no outputs", BAD_TXNS_VOUT_EMPTY, to.next().with(Tx.spending(to.coin()).build()));
    to.refuseBody(
        "a coinbase without outputs",
        BAD_TXNS_VOUT_EMPTY,
        to.next()
            .changeCoinbase(made -> new Transaction(2, made.inputs(), List.of(), made.lockTime())));
    to.accept("one of each", to.next().with(spend(to.coin())));
    to.tip("one of each");
    return to.done();
  }

  /** What no script can spend is no coin: OP_RETURN in front, or more than 10,000 bytes. */
  private static Scenario unspendable() {
    ScenarioWriter to = ScenarioWriter.regtest("outputs that are no coins");
    Script longest = Scripts.concat(Scripts.repeat(Opcode.OP_1, 1), dropped(9_999));
    Script tooLong = Scripts.concat(Scripts.repeat(Opcode.OP_1, 1), dropped(10_000));
    Script returns = Scripts.repeat(Opcode.OP_RETURN, 1);
    Transaction funding = to.fund(longest, tooLong, returns, Script.EMPTY);
    missing(to, "10,001 bytes", spend(funding.outPoint(1)));
    missing(to, "OP_RETURN", spend(funding.outPoint(2)));
    to.accept("10,000 bytes", to.next().with(spend(funding.outPoint(0))));
    to.accept(
        "an empty script, for which the spender pushes true",
        to.next()
            .with(
                Tx.spending(funding.outPoint(3), Scripts.repeat(Opcode.OP_1, 1))
                    .output(1)
                    .build()));
    to.tip("an empty script, for which the spender pushes true");
    return to.done();
  }

  /** Pushes of zeros and their removal, {@code size} bytes in all. */
  private static Script dropped(int size) {
    List<Script> parts = new ArrayList<>();
    int left = size;
    while (left > 0) {
      // A push of up to 520 bytes with its three bytes before and a drop behind.
      int data = Math.min(520, left - 4);
      if (left - 4 - data > 0 && left - 4 - data < 260) {
        data -= 260;
      }
      parts.add(push(data));
      left -= data + 4;
    }
    return Scripts.concat(parts.toArray(Script[]::new));
  }

  private static Script push(int size) {
    return Scripts.concat(
        Script.of(new byte[] {Opcode.OP_PUSHDATA2, (byte) size, (byte) (size >> 8)}),
        Script.of(new byte[size]),
        Scripts.repeat(Opcode.OP_DROP, 1));
  }
}
