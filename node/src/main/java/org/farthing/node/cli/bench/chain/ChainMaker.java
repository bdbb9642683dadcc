package org.farthing.node.cli.bench.chain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.mining.BlockGenerator;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.Coinbase;

/** Cooks a chain of regtest by a recipe. */
public final class ChainMaker {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();
  private static final int BLOCK_SECONDS = 60;
  private static final int BLOCK_VERSION = 0x20000000;

  /** Of a transaction that splits: a twelfth of a block. */
  private static final int PARTS = 2_500;

  private static final int SPLITS_IN_BLOCK = 12;

  private final ChainRecipe recipe;
  private final SplittableRandom random;
  private final Purse purse;
  private final ChainFile.Writer out;
  private final Consumer<String> progress;

  /** Of all that may be spent; one that is drawn gives its place to the last. */
  private final List<OwnCoin> pool = new ArrayList<>();

  private BlockHeader tip = PARAMS.genesis().header();
  private int height;

  private record OwnCoin(OutPoint place, TxOut output, OutputForm form, int key) {}

  private record Lock(Script script, OutputForm form, int key) {}

  private ChainMaker(ChainRecipe recipe, ChainFile.Writer out, Consumer<String> progress) {
    this.recipe = recipe;
    this.random = new SplittableRandom(recipe.seed());
    this.purse = new Purse(random.split());
    this.out = out;
    this.progress = progress;
  }

  /**
   * Makes the chain and writes it down.
   *
   * @param file is made new
   * @param progress is told what goes on
   */
  public static ChainFile make(ChainRecipe recipe, Path file, Consumer<String> progress)
      throws IOException {
    try (ChainFile.Writer out = ChainFile.writer(file, PARAMS.network().magic())) {
      new ChainMaker(recipe, out, progress).make();
    }
    return ChainFile.open(file);
  }

  private void make() throws IOException {
    out.add(PARAMS.genesis());
    if (recipe.coins() > 0) {
      makeCoins();
    }
    for (int i = 0; i < recipe.blocks(); i++) {
      if (i % 10 == 0) {
        progress.accept(i + " of " + recipe.blocks() + " blocks are made");
      }
      add(payments());
    }
  }

  /** A coinbase becomes many middling coins, each of which many small ones. */
  private void makeCoins() throws IOException {
    int middling = (recipe.coins() + PARTS - 1) / PARTS;
    int sources = (middling + PARTS - 1) / PARTS;
    List<OwnCoin> coinbases = new ArrayList<>();
    for (int i = 0; i < sources; i++) {
      coinbases.add(add(List.of()));
    }
    for (int i = 0; i < PARAMS.subsidy().maturity(); i++) {
      add(List.of());
    }
    List<Transaction> splits = new ArrayList<>();
    for (int i = 0; i < sources; i++) {
      int parts = Math.min(PARTS, middling - i * PARTS);
      splits.add(split(coinbases.get(i), draw(parts, parts)));
    }
    addInParts(splits);
    List<OwnCoin> sourcesOfCoins = List.copyOf(pool);
    pool.clear();
    List<Transaction> some = new ArrayList<>();
    int left = recipe.coins();
    int own = recipe.ownCoins();
    for (OwnCoin source : sourcesOfCoins) {
      int parts = Math.min(PARTS, left);
      int ours = (int) ((long) own * parts / left);
      some.add(split(source, draw(parts, ours)));
      left -= parts;
      own -= ours;
      if (some.size() == SPLITS_IN_BLOCK || left == 0) {
        progress.accept(recipe.coins() - left + " of " + recipe.coins() + " coins are made");
        add(some);
        some.clear();
      }
    }
  }

  private void addInParts(List<Transaction> transactions) throws IOException {
    for (int first = 0; first < transactions.size(); first += SPLITS_IN_BLOCK) {
      add(transactions.subList(first, Math.min(transactions.size(), first + SPLITS_IN_BLOCK)));
    }
  }

  /** Locks for the outputs of a transaction that splits, ours among strangers' without order. */
  private List<Lock> draw(int count, int ours) {
    List<Lock> locks = new ArrayList<>();
    int oursLeft = ours;
    for (int left = count; left > 0; left--) {
      boolean own = random.nextInt(left) < oursLeft;
      oursLeft -= own ? 1 : 0;
      locks.add(own ? lock() : stranger());
    }
    return locks;
  }

  private Lock lock() {
    OutputForm form = recipe.form(random);
    int key = random.nextInt(purse.keys());
    return new Lock(purse.lock(form, key), form, key);
  }

  private Lock stranger() {
    byte[] hash = new byte[Hash160.SIZE];
    random.nextBytes(hash);
    return new Lock(ScriptPattern.p2wpkh(hash), OutputForm.P2WPKH, -1);
  }

  private Transaction split(OwnCoin source, List<Lock> locks) {
    long each = source.output().valueSat() / locks.size();
    List<TxOut> outputs = locks.stream().map(lock -> new TxOut(each, lock.script())).toList();
    Transaction split = signed(List.of(source), outputs);
    keep(split, locks);
    return split;
  }

  private void keep(Transaction transaction, List<Lock> locks) {
    for (int i = 0; i < locks.size(); i++) {
      Lock lock = locks.get(i);
      if (lock.key() >= 0) {
        pool.add(
            new OwnCoin(
                transaction.outPoint(i), transaction.outputs().get(i), lock.form(), lock.key()));
      }
    }
  }

  private Transaction signed(List<OwnCoin> coins, List<TxOut> outputs) {
    List<TxIn> inputs =
        coins.stream().map(coin -> new TxIn(coin.place(), Script.EMPTY, -1)).toList();
    Transaction draft = new Transaction(2, inputs, outputs, 0);
    PrecomputedTransaction unsigned =
        PrecomputedTransaction.of(draft, coins.stream().map(OwnCoin::output).toList());
    List<TxIn> complete = new ArrayList<>();
    for (int i = 0; i < coins.size(); i++) {
      complete.add(purse.signed(unsigned, i, coins.get(i).form(), coins.get(i).key()));
    }
    return new Transaction(2, complete, outputs, 0);
  }

  private record Draft(List<OwnCoin> coins, List<Lock> locks) {
    List<TxOut> outputs() {
      long sum = coins.stream().mapToLong(coin -> coin.output().valueSat()).sum();
      return locks.stream().map(lock -> new TxOut(sum / locks.size(), lock.script())).toList();
    }
  }

  /** One block of them: chance decides in order, then all cores sign. */
  private List<Transaction> payments() {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < recipe.payments(); i++) {
      List<OwnCoin> coins = new ArrayList<>();
      List<Lock> locks = new ArrayList<>();
      for (int side = 0; side < ChainRecipe.SIDES; side++) {
        coins.add(take(random.nextInt(pool.size())));
        locks.add(lock());
      }
      drafts.add(new Draft(coins, locks));
    }
    List<Transaction> payments =
        drafts.parallelStream().map(draft -> signed(draft.coins(), draft.outputs())).toList();
    IntStream.range(0, drafts.size()).forEach(i -> keep(payments.get(i), drafts.get(i).locks()));
    return payments;
  }

  private OwnCoin take(int index) {
    OwnCoin last = pool.remove(pool.size() - 1);
    return index == pool.size() ? last : pool.set(index, last);
  }

  /** Adds a block; its coinbase pays the first key. Fees go to nobody. */
  private OwnCoin add(List<Transaction> transactions) throws IOException {
    height++;
    Lock payout = new Lock(purse.lock(OutputForm.P2WPKH, 0), OutputForm.P2WPKH, 0);
    Coinbase coinbase = new Coinbase(height, PARAMS.subsidy().at(height), payout.script(), true);
    long timeSeconds = PARAMS.genesis().header().timeSeconds() + (long) height * BLOCK_SECONDS;
    Block draft =
        coinbase.blockOn(
            tip.hash(),
            transactions,
            OptionalLong.empty(),
            new BlockTemplate.HeaderFields(BLOCK_VERSION, timeSeconds, tip.bits()));
    Block block = BlockGenerator.solve(draft, BlockGenerator.DEFAULT_MAX_TRIES).orElseThrow();
    tip = block.header();
    out.add(block);
    Transaction first = block.transactions().get(0);
    return new OwnCoin(first.outPoint(0), first.outputs().get(0), payout.form(), payout.key());
  }
}
