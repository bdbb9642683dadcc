package org.farthing.consensus.chain;

import static org.farthing.consensus.chain.BodyProvocations.anyone;
import static org.farthing.consensus.validation.RejectReason.*;
import static org.farthing.testing.BlockDraft.ANYONE;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.TxChecks;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;

/** Transactions for which a block is refused. */
final class TransactionProvocations {
  private static final TxOut SMALL = new TxOut(1, ANYONE);
  private static final TxOut ALL_MONEY = new TxOut(Amount.MAX_MONEY, ANYONE);

  private TransactionProvocations() {}

  /** Makes the transaction that spoils a block. */
  @FunctionalInterface
  private interface Maker {
    Transaction make(ChainBuilder chain);
  }

  private static Provocation in(RejectReason reason, String what, Maker maker) {
    return Provocation.block(reason, what, chain -> chain.draft().with(maker.make(chain)));
  }

  static List<Provocation> all() {
    return List.of(
        in(BAD_TXNS_VIN_EMPTY, "none", chain -> tx(List.of(), List.of(SMALL), 0)),
        in(BAD_TXNS_VOUT_EMPTY, "none", chain -> paying(chain)),
        new Provocation(BAD_TXNS_OVERSIZE, "larger than a block", chain -> oversize()),
        in(BAD_TXNS_VOUT_NEGATIVE, "-1", chain -> paying(chain, new TxOut(-1, ANYONE))),
        in(
            BAD_TXNS_VOUT_TOOLARGE,
            "one more than all",
            chain -> paying(chain, new TxOut(Amount.MAX_MONEY + 1, ANYONE))),
        in(
            BAD_TXNS_TXOUTTOTAL_TOOLARGE,
            "all money and one more",
            chain -> paying(chain, ALL_MONEY, SMALL)),
        in(
            BAD_TXNS_INPUTS_DUPLICATE,
            "one twice",
            chain ->
                ChainBuilder.spendAnyone(List.of(chain.coinbase(1), chain.coinbase(1)), SMALL)),
        in(
            BAD_TXNS_PREVOUT_NULL,
            "beside a real one",
            chain -> ChainBuilder.spendAnyone(List.of(chain.coinbase(1), OutPoint.NULL), SMALL)),
        in(
            BAD_TXNS_NONFINAL,
            "locked until the next height",
            chain -> lockedUntil(chain, chain.tip().height() + 1)),
        in(
            BAD_TXNS_NONFINAL,
            "locked until the median time past",
            chain -> lockedUntil(chain, (int) chain.tip().medianTimePast())),
        in(
            BAD_TXNS_NONFINAL,
            "waits for more blocks than there are (BIP-0068)",
            chain -> relativelyLocked(chain, chain.tip().height() + 1)),
        in(
            BAD_TXNS_NONFINAL,
            "waits for more time than passed (BIP-0068)",
            chain -> relativelyLocked(chain, Sequence.TYPE_FLAG | Sequence.MASK)),
        in(
            BAD_TXNS_INPUTS_MISSINGORSPENT,
            "never made",
            chain -> ChainBuilder.spendAnyone(List.of(new OutPoint(Txid.ZERO, 0)), SMALL)),
        Provocation.block(
            BAD_TXNS_INPUTS_MISSINGORSPENT,
            "spent by the transaction before",
            chain -> chain.draft().with(anyone(chain, 1), paying(chain, SMALL, SMALL))),
        Provocation.block(
            BAD_TXNS_INPUTS_MISSINGORSPENT,
            "made by the transaction after",
            chain -> chain.draft().with(child(anyone(chain, 1)), anyone(chain, 1))),
        in(
            BAD_TXNS_PREMATURE_SPEND_OF_COINBASE,
            "the coinbase before",
            chain -> chain.spend(chain.coinbase(chain.tip().height()), ANYONE, 1)),
        new Provocation(
            BAD_TXNS_INPUTVALUES_OUTOFRANGE,
            "two coins with all money",
            chain -> inputValues(chain)),
        in(
            BAD_TXNS_IN_BELOWOUT,
            "a satoshi more",
            chain -> paying(chain, new TxOut(50 * Amount.COIN + 1, ANYONE))),
        new Provocation(
            BAD_TXNS_ACCUMULATED_FEE_OUTOFRANGE,
            "all money twice",
            TransactionProvocations::accumulatedFees),
        in(
            BLOCK_SCRIPT_VERIFY_FLAG_FAILED,
            "another's key",
            chain ->
                ChainBuilder.spend(
                    TestKey.number(7),
                    chain.coinbase(11),
                    chain.coin(chain.coinbase(11)).orElseThrow().output(),
                    SMALL)));
  }

  private static Transaction tx(List<TxIn> inputs, List<TxOut> outputs, int lockTime) {
    return new Transaction(2, inputs, outputs, lockTime);
  }

  private static Transaction paying(ChainBuilder chain, TxOut... outputs) {
    return ChainBuilder.spendAnyone(List.of(chain.coinbase(1)), outputs);
  }

  private static Transaction child(Transaction parent) {
    return ChainBuilder.spendAnyone(List.of(parent.outPoint(0)), SMALL);
  }

  private static Transaction lockedUntil(ChainBuilder chain, int lockTime) {
    return tx(paying(chain).inputs(), List.of(SMALL), lockTime);
  }

  private static Transaction relativelyLocked(ChainBuilder chain, int sequence) {
    return tx(List.of(new TxIn(chain.coinbase(1), Script.EMPTY, sequence)), List.of(SMALL), 0);
  }

  private static Verdict oversize() {
    Script script = Script.of(new byte[1_000_000]);
    return TxChecks.inIsolation(
        tx(
            List.of(new TxIn(new OutPoint(Txid.ZERO, 0), script, Sequence.FINAL)),
            List.of(SMALL),
            0));
  }

  private static Verdict inputValues(ChainBuilder chain) {
    Coin coin = new Coin(ALL_MONEY, 1, false);
    Transaction tx = ChainBuilder.spendAnyone(List.of(chain.coinbase(1), chain.coinbase(2)), SMALL);
    return TxChecks.inUtxoContext(tx, List.of(coin, coin), 200, chain.params());
  }

  /** More money than there can be: only a made-up set of coins has it. */
  private static Verdict accumulatedFees(ChainBuilder chain) {
    Block block = chain.draft().with(paying(chain, new TxOut(0, ANYONE)), anyone(chain, 2)).build();
    HeaderNode node =
        HeaderNode.after(chain.tip(), block.header(), ProofOfWork.work(block.header().bits()));
    BlockConnector connector =
        new BlockConnector(
            chain.params(),
            new ScriptChecks(Runnable::run, new VerifiedScripts(0, Owner.UNCHECKED)));
    CoinView rich = outPoint -> Optional.of(new Coin(ALL_MONEY, 1, false));
    return ((BlockConnector.Outcome.Refused)
            connector.connect(block, node, rich, ScriptVerification.ALWAYS))
        .verdict();
  }
}
