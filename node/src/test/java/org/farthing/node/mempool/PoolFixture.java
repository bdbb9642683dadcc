package org.farthing.node.mempool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.chain.VerifiedScripts;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;

/** A regtest chain with some mature coins, and a mempool that follows it. */
final class PoolFixture implements AutoCloseable {
  static final TestKey ALICE = TestKey.number(2);

  /** Coinbases at the heights 1 to this one can be spent in the next block. */
  static final int MATURE = 20;

  final ChainBuilder chain = ChainBuilder.regtest();
  final Mempool pool;
  private final ViewedChain view = new ViewedChain(MempoolChain.of(chain.chain()));
  final List<MempoolEvent> events = new ArrayList<>();
  long nowMillis;

  PoolFixture() {
    this(MempoolOptions.defaults());
  }

  PoolFixture(MempoolOptions options) {
    chain.mine(MATURE + chain.params().coinbaseMaturity() - 1);
    nowMillis = chain.nowSeconds() * 1000;
    pool = new Mempool(view, options, Owner.UNCHECKED);
    chain.chain().addListener(pool::chainEvent);
    pool.addListener(events::add);
  }

  /** A payment of a mature coinbase to Alice. */
  Transaction payment(int height, long feeSat) {
    return chain.spend(chain.coinbase(height), new TxOut(subsidy(height) - feeSat, ALICE.p2wpkh()));
  }

  long subsidy(int height) {
    return chain.params().subsidy().at(height);
  }

  /** Spends the first output of a payment to Alice, to as many equal outputs of hers. */
  static Transaction child(Transaction parent, long feeSat, int outputs) {
    return child(parent, 0, feeSat, outputs);
  }

  static Transaction child(Transaction parent, int index, long feeSat, int outputs) {
    TxOut spent = parent.outputs().get(index);
    long each = (spent.valueSat() - feeSat) / outputs;
    TxOut[] outs = new TxOut[outputs];
    Arrays.fill(outs, new TxOut(each, ALICE.p2wpkh()));
    outs[0] = new TxOut(spent.valueSat() - feeSat - each * (outputs - 1), ALICE.p2wpkh());
    return ChainBuilder.spend(ALICE, parent.outPoint(index), spent, outs);
  }

  /** Spends outputs that pay to Alice, of several transactions. */
  static Transaction join(List<OutPoint> coins, List<TxOut> spent, long feeSat) {
    long value = spent.stream().mapToLong(TxOut::valueSat).sum() - feeSat;
    Transaction unsigned =
        new Transaction(
            2,
            coins.stream().map(coin -> new TxIn(coin, Script.EMPTY, -3)).toList(),
            List.of(new TxOut(value, ALICE.p2wpkh())),
            0);
    for (int i = 0; i < coins.size(); i++) {
      unsigned = ALICE.sign(unsigned, i, spent);
    }
    return unsigned;
  }

  static Transaction withoutWitness(Transaction tx) {
    return new Transaction(
        tx.version(),
        tx.inputs().stream().map(input -> input.withWitness(Witness.EMPTY)).toList(),
        tx.outputs(),
        tx.lockTime());
  }

  MempoolResult offer(Transaction tx) {
    return pool.accept(tx, nowMillis);
  }

  /** Offers a transaction that has to be accepted. */
  MempoolEntry accept(Transaction tx) {
    MempoolResult result = offer(tx);
    if (result instanceof MempoolResult.Accepted accepted) {
      return accepted.entry();
    }
    throw new AssertionError(tx + " was refused: " + result);
  }

  /** What {@code invalidateblock} does, as far as the mempool sees it; the block is empty. */
  void disconnectTip() {
    HeaderNode last = chain.tip();
    view.tip = last.parent();
    BlockUndo undo = new BlockUndo(List.of());
    pool.chainEvent(new ChainEvent.Disconnected(last, chain.block(last.height()), undo));
    settle();
  }

  /** A chain that can be looked at as if its last block were not there. */
  private static final class ViewedChain implements MempoolChain {
    private final MempoolChain real;
    private HeaderNode tip;

    ViewedChain(MempoolChain real) {
      this.real = real;
    }

    @Override
    public ConsensusParams params() {
      return real.params();
    }

    @Override
    public HeaderNode tip() {
      return tip != null ? tip : real.tip();
    }

    @Override
    public CoinView coins() {
      return real.coins();
    }

    @Override
    public ScriptFlags nextBlockFlags() {
      return real.nextBlockFlags();
    }

    @Override
    public VerifiedScripts verifiedScripts() {
      return real.verifiedScripts();
    }
  }

  void settle() {
    pool.settle(nowMillis);
  }

  @Override
  public void close() {
    chain.close();
  }
}
