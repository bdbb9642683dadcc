package org.farthing.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.farthing.consensus.chain.ChainOptions;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Ledger;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.consensus.validation.Verdict;

/**
 * Makes small valid chains, and the transactions in them. It has a chain state of its own, in
 * memory; blocks that are mined go there, and can be given to other nodes too.
 *
 * <p>Unless told otherwise coinbases pay to {@link #MINER}, and time passes by the network's
 * spacing with each block.
 */
public final class ChainBuilder implements AutoCloseable {
  /** Gets the coinbases. */
  public static final TestKey MINER = TestKey.number(1);

  private static final Executor ON_THIS_THREAD = Runnable::run;

  private final ConsensusParams params;
  private final ChainState chain;
  private int tag;

  private ChainBuilder(ConsensusParams params, Ledger ledger, ChainOptions options) {
    this.params = params;
    this.chain =
        ChainState.open(params, ledger, ON_THIS_THREAD, options, Owner.UNCHECKED, () -> false);
  }

  public static ChainBuilder regtest() {
    return on(ConsensusParams.regtest());
  }

  /** With what an operator decides. */
  public static ChainBuilder regtest(ChainOptions options) {
    ConsensusParams params = ConsensusParams.regtest();
    return new ChainBuilder(params, RocksLedger.inMemory(params), options);
  }

  public static ChainBuilder on(ConsensusParams params) {
    return on(params, RocksLedger.inMemory(params));
  }

  /** On a ledger of the caller's, which is closed with the builder. */
  public static ChainBuilder on(ConsensusParams params, Ledger ledger) {
    return new ChainBuilder(params, ledger, ChainOptions.DEFAULT);
  }

  public ConsensusParams params() {
    return params;
  }

  public ChainState chain() {
    return chain;
  }

  public HeaderNode tip() {
    return chain.snapshot().tip();
  }

  /** A time at which the tip's header is fresh, in seconds since 1970. */
  public long nowSeconds() {
    return tip().header().timeSeconds();
  }

  /** A block of the active chain. */
  public Block block(int height) {
    return chain.snapshot().chain().block(tip().ancestor(height).hash()).orElseThrow();
  }

  /** The blocks of the active chain after the genesis. */
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int height = 1; height <= tip().height(); height++) {
      blocks.add(block(height));
    }
    return blocks;
  }

  /** A block after the tip. */
  public BlockDraft draft() {
    return draft(tip().hash());
  }

  /** A block after any block whose header is known. */
  public BlockDraft draft(BlockHash parent) {
    HeaderNode node = chain.headers().find(parent).orElseThrow();
    int bits = chain.nextBits(node, node.header().timeSeconds());
    return new BlockDraft(params, BlockDraft.Parent.of(node), bits, ++tag).payTo(MINER.p2wpkh());
  }

  /** Offers a block to the chain, with a clock that agrees with its header. */
  public Verdict offer(Block block) {
    return chain.acceptBlock(block, block.header().timeSeconds());
  }

  /** Offers a block as a stranger does who was not asked for it. */
  public Verdict offerUnrequested(Block block) {
    return chain.acceptUnrequestedBlock(block, block.header().timeSeconds());
  }

  /** Adds a block, which must be accepted. */
  public Block add(Block block) {
    Verdict verdict = offer(block);
    if (!verdict.isAccepted()) {
      throw new AssertionError(block + " was refused: " + verdict);
    }
    return block;
  }

  /** Mines empty blocks on the tip. */
  public List<Block> mine(int count) {
    return mine(count, MINER.p2wpkh());
  }

  public List<Block> mine(int count, Script payTo) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(add(draft().payTo(payTo).build()));
    }
    return blocks;
  }

  /** Mines a block with transactions on the tip. */
  public Block mineWith(Transaction... transactions) {
    return add(draft().with(transactions).build());
  }

  /** Adds empty blocks after any block, whether that makes a better branch or not. */
  public List<Block> mineOn(BlockHash parent, int count) {
    List<Block> blocks = new ArrayList<>();
    BlockHash last = parent;
    for (int i = 0; i < count; i++) {
      Block block = add(draft(last).build());
      blocks.add(block);
      last = block.hash();
    }
    return blocks;
  }

  /** Adds {@code count} empty blocks after the active chain's block at {@code height}. */
  public List<Block> fork(int height, int count) {
    return mineOn(tip().ancestor(height).hash(), count);
  }

  /** What the coinbase of the active block at {@code height} paid to its miner. */
  public OutPoint coinbase(int height) {
    return block(height).transactions().get(0).outPoint(0);
  }

  /** An output that is unspent, or in a block or transaction that the caller holds. */
  public Optional<Coin> coin(OutPoint outPoint) {
    return chain.coins().coin(outPoint);
  }

  /** Spends one of {@link #MINER}'s coins to one script; the rest is fee. */
  public Transaction spend(OutPoint coin, Script to, long valueSat) {
    return spend(coin, new TxOut(valueSat, to));
  }

  /** Spends one of {@link #MINER}'s coins; what the outputs leave is fee. */
  public Transaction spend(OutPoint coin, TxOut... outputs) {
    TxOut spent = chain.coins().coin(coin).orElseThrow().output();
    return spend(MINER, coin, spent, outputs);
  }

  /** Spends an output that pays to a key's P2WPKH script, wherever it is. */
  public static Transaction spend(TestKey key, OutPoint coin, TxOut spent, TxOut... outputs) {
    Transaction unsigned =
        new Transaction(
            2,
            List.of(new TxIn(coin, Script.EMPTY, Sequence.MAX_REPLACEABLE)),
            Arrays.asList(outputs),
            0);
    return key.sign(unsigned, 0, List.of(spent));
  }

  /** Spends outputs that {@link BlockDraft#ANYONE} can spend. */
  public static Transaction spendAnyone(List<OutPoint> coins, TxOut... outputs) {
    List<TxIn> inputs =
        coins.stream().map(coin -> new TxIn(coin, Script.EMPTY, Sequence.MAX_NON_FINAL)).toList();
    return new Transaction(2, inputs, Arrays.asList(outputs), 0);
  }

  @Override
  public void close() {
    chain.close();
  }
}
