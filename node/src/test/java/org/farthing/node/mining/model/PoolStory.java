package org.farthing.node.mining.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.farthing.consensus.chain.ChainEvent;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.mining.BlockAssembler;
import org.farthing.node.mining.BlockGenerator;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.MiningChain;
import org.farthing.node.mining.MiningOptions;
import org.farthing.testing.ChainBuilder;

/** What happens to a mempool, at random; it is done to the model too. */
final class PoolStory implements AutoCloseable {
  static final int RESERVED_WEIGHT = 2000;
  private static final int COINS = 400;

  final ChainBuilder chain = ChainBuilder.regtest();
  final Mempool pool;
  final ModelPool model;
  final BlockAssembler assembler;

  /** How often each thing happened. */
  final Map<String, Integer> seen = new TreeMap<>();

  /** What waits, as the events tell it. */
  final Set<Txid> told = new LinkedHashSet<>();

  private final Kind kind;
  private final Random random;
  private final PaymentMaker payments;
  private final List<Transaction> old = new ArrayList<>();
  long nowMillis;

  /**
   * What kind of mempool it is.
   *
   * @param percentWaiting how many inputs spend outputs of transactions that wait
   * @param blockWeight of the templates
   */
  record Kind(ModelLimits limits, int percentWaiting, int blockWeight) {}

  PoolStory(Kind kind, long seed) {
    this.kind = kind;
    this.random = new Random(seed);
    this.pool =
        new Mempool(MempoolChain.of(chain.chain()), kind.limits().options(), Owner.UNCHECKED);
    this.model =
        new ModelPool(
            chain,
            kind.limits(),
            chunk -> chunk.members().stream().noneMatch(tx -> pool.contains(tx.txid())));
    this.payments = new PaymentMaker(chain, model, random);
    MiningOptions options =
        new MiningOptions(
            kind.blockWeight(), RESERVED_WEIGHT, 400, new FeeRate(1), OptionalInt.empty());
    this.assembler = new BlockAssembler(MiningChain.of(chain.chain()), pool, options);
    chain.mine(120, PaymentMaker.PAYOUT);
    open();
  }

  private void open() {
    chain.blocks().forEach(payments::confirmed);
    List<Transaction> splits = new ArrayList<>();
    for (int height = 1; height <= 4; height++) {
      OutPoint coin = chain.coinbase(height);
      TxOut output = chain.coin(coin).orElseThrow().output();
      splits.add(payments.payNow(Map.of(coin, output), 0, COINS / 4));
    }
    Block block = chain.add(chain.draft().payTo(PaymentMaker.PAYOUT).with(splits).build());
    payments.confirmed(block);
    nowMillis = chain.nowSeconds() * 1000;
    chain.chain().addListener(pool::chainEvent);
    chain.chain().addListener(model::chainEvent);
    chain.chain().addListener(this::follow);
    pool.addListener(this::follow);
  }

  private void follow(ChainEvent event) {
    if (event instanceof ChainEvent.Connected) {
      payments.confirmed(event.block());
    }
  }

  private void follow(MempoolEvent event) {
    Txid txid = event.entry().txid();
    boolean news = event instanceof MempoolEvent.Added ? told.add(txid) : told.remove(txid);
    if (!news) {
      throw new AssertionError(event + " was told before");
    }
    if (event instanceof MempoolEvent.Removed removed) {
      count("removed: " + removed.reason().label());
      old.add(event.entry().transaction());
    }
  }

  private void count(String what) {
    seen.merge(what, 1, Integer::sum);
  }

  /** Does something to both. */
  void step() {
    nowMillis += random.nextInt(20_000);
    if (payments.isPoor()) {
      chain.mine(chain.params().coinbaseMaturity(), PaymentMaker.PAYOUT);
      count("coins grow ripe");
    }
    int dice = random.nextInt(100);
    if (dice < 48) {
      offer("payment", payments.pay(someCoins(), payments.someFee()));
    } else if (dice < 62) {
      replace();
    } else if (dice < 75) {
      offerFamily();
    } else if (dice < 82) {
      prioritise();
    } else if (dice < 85 && !old.isEmpty()) {
      offer("repeated", old.get(old.size() - 1 - random.nextInt(Math.min(old.size(), 50))));
    } else if (dice < 89) {
      nowMillis += random.nextInt(8 * 3_600_000);
      pool.expire(nowMillis);
      model.expire(nowMillis);
      count("hours");
    } else {
      block(dice);
    }
    pool.settle(nowMillis);
    model.settle(nowMillis);
  }

  private void block(int dice) {
    if (dice < 93) {
      mineTemplate();
    } else if (dice < 96) {
      mineSome();
    } else if (dice < 98) {
      reorganise();
    } else {
      invalidate();
    }
  }

  private Map<OutPoint, TxOut> someCoins() {
    Map<OutPoint, TxOut> coins = Map.of();
    while (coins.isEmpty()) {
      coins = payments.someCoins(3, kind.percentWaiting());
    }
    return coins;
  }

  private void offer(String what, Transaction tx) {
    boolean taken = pool.accept(tx, nowMillis).isAccepted();
    boolean expected = model.offer(tx, nowMillis) == ModelPool.Answer.TAKEN;
    count(what + (taken ? " taken" : " refused"));
    if (taken != expected) {
      throw new AssertionError(tx.txid() + (taken ? " was taken" : " was refused"));
    }
  }

  private Optional<ModelTx> someone() {
    List<ModelTx> waiting = new ArrayList<>(model.waiting().values());
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(waiting.get(random.nextInt(waiting.size())));
  }

  /** Spends what others spend, at a fee near what that takes. */
  private void replace() {
    Map<OutPoint, TxOut> coins = new LinkedHashMap<>(someCoins());
    long feeSat = random.nextInt(300);
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Optional<ModelTx> victim = someone();
      if (victim.isPresent()) {
        List<OutPoint> spent = victim.get().spends();
        OutPoint coin = spent.get(random.nextInt(spent.size()));
        output(coin).ifPresent(output -> coins.put(coin, output));
        feeSat += Math.max(0, victim.get().countedSat() + random.nextInt(400) - 100);
      }
    }
    offer("replacement", payments.pay(coins, feeSat));
  }

  private Optional<TxOut> output(OutPoint coin) {
    ModelTx maker = model.waiting().get(coin.txid());
    return maker == null
        ? chain.coin(coin).map(Coin::output)
        : Optional.of(maker.transaction().outputs().get(coin.index()));
  }

  /** Parents that pay little, sometimes for others' coins, and a child that pays for them. */
  private void offerFamily() {
    List<Transaction> family = new ArrayList<>();
    Map<OutPoint, TxOut> coins = new LinkedHashMap<>();
    Set<OutPoint> spent = new LinkedHashSet<>();
    for (int i = 1 + random.nextInt(random.nextInt(3) == 0 ? 4 : 1); i > 0; i--) {
      Map<OutPoint, TxOut> some = someCoins();
      Optional<ModelTx> victim = random.nextInt(3) == 0 ? someone() : Optional.empty();
      if (victim.isPresent()) {
        OutPoint coin = victim.get().spends().get(0);
        some = output(coin).map(output -> Map.of(coin, output)).orElse(Map.of());
      }
      if (!some.isEmpty() && some.keySet().stream().noneMatch(spent::contains)) {
        Transaction parent = payments.pay(some, random.nextInt(60));
        spent.addAll(some.keySet());
        family.add(parent);
        coins.put(parent.outPoint(firstPaid(parent)), parent.outputs().get(firstPaid(parent)));
      }
    }
    if (random.nextInt(5) == 0) {
      Map.Entry<OutPoint, TxOut> more = payments.confirmedCoin();
      if (spent.add(more.getKey())) {
        coins.put(more.getKey(), more.getValue());
      }
    }
    if (!family.isEmpty()) {
      family.add(payments.pay(coins, random.nextInt(4_000)));
      boolean taken = pool.accept(family, Optional.empty(), nowMillis).isAccepted();
      model.offerTogether(family, nowMillis);
      count(taken ? "family taken" : "family refused");
    }
  }

  private static int firstPaid(Transaction tx) {
    return tx.outputs().get(0).valueSat() > 0 ? 0 : 1;
  }

  private void prioritise() {
    Optional<ModelTx> chosen = someone();
    if (chosen.isPresent()) {
      long delta = random.nextInt(3) == 0 ? -model.deltaSat(chosen.get().txid()) : someDelta();
      pool.prioritise(chosen.get().txid(), delta);
      model.prioritise(chosen.get().txid(), delta);
      count("prioritised");
    }
  }

  private long someDelta() {
    return random.nextLong(6_000) - 1_000;
  }

  private void mineTemplate() {
    BlockTemplate template = assembler.template(PaymentMaker.PAYOUT, chain.nowSeconds() + 600);
    Block block = template.withExtraNonce(random.nextLong());
    chain.add(BlockGenerator.solve(block, 1L << 20).orElseThrow());
    count("block of a template");
  }

  /** A stranger's block: some of what waits, and perhaps something that makes others impossible. */
  private void mineSome() {
    List<Transaction> body = new ArrayList<>();
    Set<Txid> made = new LinkedHashSet<>();
    Set<OutPoint> spent = new LinkedHashSet<>();
    boolean more = true;
    int share = random.nextInt(100);
    Set<Txid> wanted = new LinkedHashSet<>();
    model.waiting().keySet().stream()
        .filter(txid -> random.nextInt(100) < share)
        .forEach(wanted::add);
    while (more) {
      more = false;
      for (ModelTx tx : model.waiting().values()) {
        boolean ready =
            wanted.contains(tx.txid())
                && tx.parents().stream()
                    .noneMatch(id -> model.waiting().containsKey(id) && !made.contains(id));
        if (ready && made.add(tx.txid())) {
          body.add(tx.transaction());
          spent.addAll(tx.spends());
          more = true;
        }
      }
    }
    contradiction(spent).ifPresent(body::add);
    chain.add(chain.draft().payTo(PaymentMaker.PAYOUT).with(body).build());
    count("block of a stranger");
  }

  /** Spends a coin of the chain that somebody who waits spends too. */
  private Optional<Transaction> contradiction(Set<OutPoint> spent) {
    Optional<ModelTx> victim = random.nextBoolean() ? someone() : Optional.empty();
    return victim.stream()
        .flatMap(tx -> tx.spends().stream())
        .filter(coin -> !spent.contains(coin))
        .filter(coin -> chain.coin(coin).isPresent())
        .findFirst()
        .map(coin -> Map.of(coin, chain.coin(coin).orElseThrow().output()))
        .map(coin -> payments.payNow(coin, 70_000, 1));
  }

  /** Another branch, with a part of what the old one has, and something against the rest. */
  private void reorganise() {
    int depth = 1 + random.nextInt(4);
    HeaderNode fork = chain.tip().ancestor(chain.tip().height() - depth);
    HeaderNode first = chain.tip().ancestor(fork.height() + 1);
    List<Transaction> body = chain.block(first.height()).transactions();
    int kept = random.nextInt(body.size());
    List<Transaction> next = new ArrayList<>(body.subList(1, 1 + kept));
    if (kept + 1 < body.size() && random.nextBoolean()) {
      Coin coin =
          chain
              .chain()
              .snapshot()
              .chain()
              .undo(first.hash())
              .orElseThrow()
              .spent()
              .get(kept)
              .get(0);
      OutPoint out = body.get(kept + 1).inputs().get(0).outPoint();
      if (coin.height() <= fork.height()) {
        next.add(payments.payNow(Map.of(out, coin.output()), 60_000, 1));
      }
    }
    Block block = chain.add(chain.draft(fork.hash()).payTo(PaymentMaker.PAYOUT).with(next).build());
    chain.mineOn(block.hash(), depth);
    count("reorganisation");
  }

  /** The chain becomes shorter: what was mature and unlocked may be so no more. */
  private void invalidate() {
    chain.chain().invalidate(chain.tip().ancestor(chain.tip().height() - random.nextInt(3)));
    count("invalidated");
  }

  int blockWeight() {
    return kind.blockWeight();
  }

  @Override
  public void close() {
    chain.close();
  }
}
