package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_BLK_LENGTH;
import static org.farthing.consensus.validation.RejectReason.BAD_CB_AMOUNT;
import static org.farthing.consensus.validation.RejectReason.BAD_CB_HEIGHT;
import static org.farthing.consensus.validation.RejectReason.BAD_CB_LENGTH;
import static org.farthing.consensus.validation.RejectReason.BAD_CB_MISSING;
import static org.farthing.consensus.validation.RejectReason.BAD_CB_MULTIPLE;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_PREMATURE_SPEND_OF_COINBASE;

import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.BlockDraft;

/** The first transaction: that it is there, its script, its height, its money, its maturity. */
final class CoinbaseScenarios {
  private static final int HALVING = 150;

  private CoinbaseScenarios() {}

  static List<Scenario> all() {
    return List.of(
        presence(),
        scriptLength(),
        heights(),
        heightFromActivation(),
        amount(),
        halvings(),
        maturity());
  }

  private static Scenario presence() {
    ScenarioWriter to = ScenarioWriter.regtest("exactly one coinbase, and first");
    Transaction spend = Tx.spending(to.coin()).output(1).build();
    Transaction coinbase = to.next().build().transactions().get(0);
    to.refuseBody(
        "no transactions",
        BAD_BLK_LENGTH,
        to.next().merkleRoot(MerkleRoot.ZERO).changeBody(body -> List.of()));
    to.refuseBody("a spend in its place", BAD_CB_MISSING, to.next().changeCoinbase(made -> spend));
    to.refuseBody(
        "behind a spend", BAD_CB_MISSING, to.next().changeCoinbase(made -> spend).with(coinbase));
    to.refuseBody(
        "with a second input",
        BAD_CB_MISSING,
        to.next().changeCoinbase(made -> withInput(made, to.coinbase(1))));
    to.refuseBody(
        "with an outpoint of index 0",
        BAD_CB_MISSING,
        to.next().changeCoinbase(made -> spending(made, new OutPoint(OutPoint.NULL.txid(), 0))));
    to.refuseBody(
        "with an outpoint of another transaction",
        BAD_CB_MISSING,
        to.next().changeCoinbase(made -> spending(made, new OutPoint(spend.txid(), -1))));
    to.refuseBody("two", BAD_CB_MULTIPLE, to.next().with(coinbase));
    to.refuseBody("two, with a spend between", BAD_CB_MULTIPLE, to.next().with(spend, coinbase));
    to.accept("one", to.next().with(spend));
    to.tip("one");
    return to.done();
  }

  private static Transaction withInput(Transaction coinbase, OutPoint coin) {
    TxIn more = new TxIn(coin, Script.EMPTY, Sequence.FINAL);
    return new Transaction(2, List.of(coinbase.inputs().get(0), more), coinbase.outputs(), 0);
  }

  private static Transaction spending(Transaction coinbase, OutPoint outPoint) {
    TxIn input = coinbase.inputs().get(0);
    return new Transaction(
        2,
        List.of(new TxIn(outPoint, input.scriptSig(), input.sequence(), input.witness())),
        coinbase.outputs(),
        0);
  }

  private static Scenario scriptLength() {
    ConsensusParams params =
        ConsensusParams.regtest().withActivationHeight(Deployment.BIP34, ScenarioWriter.BASE + 4);
    ScenarioWriter to =
        ScenarioWriter.withBase("a coinbase script of 2 to 100 bytes", params, ScenarioWriter.BASE);
    to.refuseBody("none", BAD_CB_LENGTH, to.next().coinbaseScript(Script.EMPTY));
    to.refuseBody("1 byte", BAD_CB_LENGTH, to.next().coinbaseScript(Script.of(new byte[1])));
    to.accept("2 bytes", to.next().coinbaseScript(Script.of(new byte[2])));
    to.accept("100 bytes", to.next().coinbaseScript(Scripts.repeat(0xff, 100)));
    to.refuseBody("101 bytes", BAD_CB_LENGTH, to.next().coinbaseScript(Scripts.repeat(0xff, 101)));
    to.mine(1);
    Script height = Script.of(Hex.constant("028600"));
    to.accept(
        "100 bytes with a height",
        to.next().coinbaseScript(Scripts.concat(height, Scripts.repeat(0xff, 97))));
    to.refuseBody(
        "101 bytes with a height",
        BAD_CB_LENGTH,
        to.next()
            .coinbaseScript(
                Scripts.concat(Script.of(Hex.constant("028700")), Scripts.repeat(0xff, 98))));
    to.tip("100 bytes with a height");
    return to.done();
  }

  /** BIP-0034, where the encoding of the height changes its form. */
  private static Scenario heights() {
    ScenarioWriter to =
        new ScenarioWriter("the height in its shortest form", ConsensusParams.regtest());
    height(to, 1, "51", "0101", "52", "00", "4f");
    height(to, 16, "60", "0110", "51", "61", "4c0110");
    height(to, 17, "0111", "61", "60", "021100", "4c0111");
    height(to, 127, "017f", "027f00", "0180", "01ff");
    height(to, 128, "028000", "0180", "02ff00", "03800000");
    height(to, 255, "02ff00", "01ff", "4d0200ff00");
    height(to, 256, "020001", "0100", "0100010000", "02ff00", "020101");
    return to.done();
  }

  /**
   * @param right how the script begins that is accepted
   * @param wrong beginnings that are not
   */
  private static void height(ScenarioWriter to, int height, String right, String... wrong) {
    int missing = height - to.nextHeight();
    if (missing > 0) {
      to.mine(missing);
    }
    for (String start : wrong) {
      to.invalid("%s for %d".formatted(start, height), BAD_CB_HEIGHT, starting(to, start));
    }
    to.invalid("nothing for " + height, BAD_CB_HEIGHT, starting(to, ""));
    to.accept("%s for %d".formatted(right, height), starting(to, right));
  }

  private static BlockDraft starting(ScenarioWriter to, String start) {
    Script padding = Scripts.repeat(0xfe, 8);
    return to.next().coinbaseScript(Scripts.concat(Script.of(Hex.constant(start)), padding));
  }

  private static Scenario heightFromActivation() {
    int height = ScenarioWriter.BASE + 2;
    ConsensusParams params =
        ConsensusParams.regtest().withActivationHeight(Deployment.BIP34, height);
    ScenarioWriter to =
        ScenarioWriter.withBase("no height before BIP34", params, ScenarioWriter.BASE);
    to.accept("none, a block before", starting(to, ""));
    to.invalid("none, in force", BAD_CB_HEIGHT, starting(to, ""));
    to.invalid("another, in force", BAD_CB_HEIGHT, starting(to, "028500"));
    // As short as it can be: the height itself and nothing else.
    to.accept("alone, in force", to.next().coinbaseScript(Script.of(Hex.constant("028400"))));
    to.tip("alone, in force");
    return to.done();
  }

  private static Scenario amount() {
    ScenarioWriter to = ScenarioWriter.regtest("subsidy and fees, and no more");
    to.invalid("a satoshi more than the subsidy", BAD_CB_AMOUNT, to.next().fees(1));
    to.accept("the subsidy", to.next());
    to.accept("a satoshi less", to.next().fees(-1));
    to.accept("nothing", to.next().fees(-50 * Amount.COIN));
    Transaction ten = feeOf(to, 10);
    Transaction seven = feeOf(to, 7);
    to.invalid("18 of 17 satoshis of fees", BAD_CB_AMOUNT, to.next().with(ten, seven).fees(18));
    to.accept("17 of 17 satoshis of fees", to.next().with(ten, seven).fees(17));
    Transaction three = feeOf(to, 3);
    TxOut one = new TxOut(1, BlockDraft.ANYONE);
    to.invalid(
        "4 of 3, in three outputs",
        BAD_CB_AMOUNT,
        to.next().with(three).fees(2).coinbaseOutput(one).coinbaseOutput(one));
    to.accept(
        "3 of 3, in three outputs",
        to.next().with(three).fees(1).coinbaseOutput(one).coinbaseOutput(one));
    to.tip("3 of 3, in three outputs");
    return to.done();
  }

  private static Transaction feeOf(ScenarioWriter to, long sat) {
    return Tx.spending(to.coin()).output(ScenarioWriter.COIN_SAT - sat).build();
  }

  private static Scenario halvings() {
    ScenarioWriter to = ScenarioWriter.withBase("halvings", ConsensusParams.regtest(), HALVING - 2);
    to.accept("50 coins, the last time", to.next());
    long half = 25 * Amount.COIN;
    to.invalid("50 coins, once too often", BAD_CB_AMOUNT, to.next().fees(half));
    to.invalid("25 coins and a satoshi", BAD_CB_AMOUNT, to.next().fees(1));
    to.accept("25 coins", to.next());
    to.mine(HALVING - 1);
    to.invalid("25 coins, once too often", BAD_CB_AMOUNT, to.next().fees(half / 2));
    to.invalid("12.5 coins and a satoshi", BAD_CB_AMOUNT, to.next().fees(1));
    to.accept("12.5 coins", to.next());
    to.tip("12.5 coins");
    return to.done();
  }

  private static Scenario maturity() {
    ScenarioWriter to = ScenarioWriter.regtest("a coinbase of a hundred blocks");
    int height = to.nextHeight();
    Transaction first = Tx.spending(to.coinbase(height - 100)).output(1).build();
    Transaction second = Tx.spending(to.coinbase(height - 99)).output(1).build();
    to.invalid("99 blocks deep", BAD_TXNS_PREMATURE_SPEND_OF_COINBASE, to.next().with(second));
    to.accept("100 blocks deep", to.next().with(first));
    to.accept("99 blocks deep, a block later", to.next().with(second));
    Transaction own = Tx.spending(to.coinbase(ScenarioWriter.BASE)).output(1).build();
    to.invalid("the base's last", BAD_TXNS_PREMATURE_SPEND_OF_COINBASE, to.next().with(own));
    to.mine(97);
    Transaction spends = Tx.spending(own.outPoint(0)).output(1).build();
    to.accept("the base's last, at 100, and its child", to.next().with(own, spends));
    to.tip("the base's last, at 100, and its child");
    return to.done();
  }
}
