package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_IN_BELOWOUT;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_TXOUTTOTAL_TOOLARGE;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_VOUT_NEGATIVE;
import static org.farthing.consensus.validation.RejectReason.BAD_TXNS_VOUT_TOOLARGE;

import java.util.List;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.testing.BlockDraft;

/** Amounts, and that no money comes from nothing. */
final class MoneyScenarios {
  private static final long ALL_MONEY = 2_100_000_000_000_000L;

  private MoneyScenarios() {}

  static List<Scenario> all() {
    return List.of(range(), inAndOut(), coinbase());
  }

  private static Transaction paying(OutPoint coin, long... values) {
    Tx tx = Tx.spending(coin);
    for (long value : values) {
      tx.output(value);
    }
    return tx.build();
  }

  private static Scenario range() {
    ScenarioWriter to = ScenarioWriter.regtest("amounts from nothing to all money");
    OutPoint coin = to.coin();
    refuse(to, "-1", BAD_TXNS_VOUT_NEGATIVE, paying(coin, -1));
    refuse(to, "the most negative", BAD_TXNS_VOUT_NEGATIVE, paying(coin, Long.MIN_VALUE));
    refuse(to, "-1 behind 2", BAD_TXNS_VOUT_NEGATIVE, paying(coin, 2, -1));
    refuse(to, "all and 1", BAD_TXNS_VOUT_TOOLARGE, paying(coin, ALL_MONEY + 1));
    refuse(to, "the most that 63 bits hold", BAD_TXNS_VOUT_TOOLARGE, paying(coin, Long.MAX_VALUE));
    refuse(to, "all, and 1 beside it", BAD_TXNS_TXOUTTOTAL_TOOLARGE, paying(coin, ALL_MONEY, 1));
    refuse(to, "all twice", BAD_TXNS_TXOUTTOTAL_TOOLARGE, paying(coin, ALL_MONEY, ALL_MONEY));
    // CVE-2010-5139: the two amounts of block 74638, whose sum was negative.
    long half = 9_223_372_036_854_277_039L;
    refuse(to, "the overflow of 2010", BAD_TXNS_VOUT_TOOLARGE, paying(coin, half, half));
    to.invalid("all", BAD_TXNS_IN_BELOWOUT, to.next().with(paying(coin, ALL_MONEY)));
    to.invalid(
        "all in two halves",
        BAD_TXNS_IN_BELOWOUT,
        to.next().with(paying(coin, ALL_MONEY / 2, ALL_MONEY / 2)));
    to.accept("nothing", to.next().with(paying(coin, 0)));
    to.tip("nothing");
    return to.done();
  }

  private static void refuse(
      ScenarioWriter to, String what, RejectReason reason, Transaction spend) {
    to.refuseBody(what, reason, to.next().with(spend));
  }

  private static Scenario inAndOut() {
    ScenarioWriter to = ScenarioWriter.regtest("no more out than in");
    OutPoint coin = to.coin();
    long all = ScenarioWriter.COIN_SAT;
    Transaction pair = Tx.spending(to.coin(), to.coin()).output(2 * all).build();
    Transaction tooMuch = paying(coin, all + 1);
    to.invalid("a satoshi more", BAD_TXNS_IN_BELOWOUT, to.next().with(tooMuch));
    to.invalid("in two outputs", BAD_TXNS_IN_BELOWOUT, to.next().with(paying(coin, all, 1)));
    to.invalid(
        "what another leaves", BAD_TXNS_IN_BELOWOUT, to.next().with(paying(to.coin(), 1), tooMuch));
    to.invalid("what the coinbase leaves", BAD_TXNS_IN_BELOWOUT, to.next().fees(-1).with(tooMuch));
    to.accept("the same", to.next().with(paying(coin, all), pair));
    Transaction split = paying(pair.outPoint(0), all, all, 0);
    Transaction nothing = paying(split.outPoint(2), 0);
    to.accept("nothing of nothing", to.next().with(split, nothing));
    to.invalid(
        "something of nothing",
        BAD_TXNS_IN_BELOWOUT,
        to.next().with(paying(nothing.outPoint(0), 1)));
    to.tip("nothing of nothing");
    return to.done();
  }

  private static Scenario coinbase() {
    ScenarioWriter to = ScenarioWriter.regtest("amounts in the coinbase");
    to.refuseBody("-1", BAD_TXNS_VOUT_NEGATIVE, to.next().coinbaseOutput(out(-1)));
    to.refuseBody(
        "all and 1", BAD_TXNS_VOUT_TOOLARGE, to.next().coinbaseOutput(out(ALL_MONEY + 1)));
    to.refuseBody(
        "all beside the subsidy",
        BAD_TXNS_TXOUTTOTAL_TOOLARGE,
        to.next().coinbaseOutput(out(ALL_MONEY)));
    to.invalid(
        "all with the subsidy",
        RejectReason.BAD_CB_AMOUNT,
        to.next().coinbaseOutput(out(ALL_MONEY - ScenarioWriter.COIN_SAT)));
    to.accept("the subsidy, and nothing", to.next().coinbaseOutput(out(0)));
    to.tip("the subsidy, and nothing");
    return to.done();
  }

  private static TxOut out(long sat) {
    return new TxOut(sat, BlockDraft.ANYONE);
  }
}
