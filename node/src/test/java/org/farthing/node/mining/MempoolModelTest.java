package org.farthing.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.Chunk;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolEvent;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Payments, blocks and reorganisations at random; after each the mempool is compared with what can
 * be recomputed from its contents and the chain, and with what its events told.
 */
class MempoolModelTest {
  private static final Script PAYOUT = ChainBuilder.MINER.p2wpkh();
  private static final int STEPS = 500;
  private static final long MAX_BYTES = 20 * 1700;

  private final ChainBuilder chain = ChainBuilder.regtest();
  private final Mempool pool =
      new Mempool(
          MempoolChain.of(chain.chain()),
          MempoolOptions.defaults()
              .withMaxBytes(MAX_BYTES)
              .withClusters(new MempoolOptions.ClusterLimits(12, 400_000)),
          Owner.UNCHECKED);
  private final BlockAssembler assembler =
      new BlockAssembler(MiningChain.of(chain.chain()), pool, MiningOptions.defaults());
  private final Map<Txid, MempoolEntry> mirror = new HashMap<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private Random random;
  private long nowMillis;

  @AfterEach
  void close() {
    chain.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void holdsItsInvariantsWhateverHappens(long seed) {
    random = new Random(seed);
    chain.chain().addListener(pool::chainEvent);
    pool.addListener(this::mirror);
    chain.mine(130);
    for (int step = 0; step < STEPS; step++) {
      nowMillis = chain.nowSeconds() * 1000 + step;
      step();
      pool.settle(nowMillis);
      check();
    }
    assertThat(seen).containsKeys("accepted", "prioritised", "block", "sizelimit", "conflict");
  }

  private void mirror(MempoolEvent event) {
    Txid txid = event.entry().txid();
    if (event instanceof MempoolEvent.Removed removed) {
      seen.merge(removed.reason().label(), 1, Integer::sum);
      assertThat(mirror.remove(txid)).isEqualTo(event.entry());
    } else {
      assertThat(mirror.put(txid, event.entry())).isNull();
    }
  }

  private void step() {
    int dice = random.nextInt(100);
    if (dice < 88) {
      pay();
    } else if (dice < 91) {
      prioritise();
    } else if (dice < 94) {
      mineTemplate();
    } else if (dice < 96) {
      chain.add(chain.draft().with(contradiction(chain.tip())).build());
    } else {
      reorganise();
    }
  }

  private void pay() {
    Map<OutPoint, TxOut> coins = spendable();
    List<OutPoint> choice = new ArrayList<>(coins.keySet());
    List<OutPoint> inputs = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      OutPoint pick = choice.get(random.nextInt(choice.size()));
      if (!inputs.contains(pick)) {
        inputs.add(pick);
      }
    }
    List<TxOut> spent = inputs.stream().map(coins::get).toList();
    Transaction payment = sign(inputs, spent, 1 + random.nextInt(3), random.nextInt(20_000));
    seen.merge(
        pool.accept(payment, nowMillis).isAccepted() ? "accepted" : "refused", 1, Integer::sum);
  }

  /** Sets what is added to the fee of a waiting transaction: something, or nothing any more. */
  private void prioritise() {
    List<MempoolEntry> waiting = sorted(mirror.values());
    if (waiting.isEmpty()) {
      return;
    }
    MempoolEntry entry = waiting.get(random.nextInt(waiting.size()));
    long before = entry.modifiedFeeSat() - entry.feeSat();
    long delta = random.nextBoolean() ? random.nextInt(50_000) : 0;
    assertThat(pool.prioritise(entry.txid(), delta - before)).isEqualTo(delta);
    MempoolEntry changed = pool.get(entry.txid()).orElseThrow();
    assertThat(changed.modifiedFeeSat()).isEqualTo(entry.feeSat() + delta);
    mirror.put(entry.txid(), changed);
    seen.merge("prioritised", 1, Integer::sum);
  }

  /** Coins of the chain and outputs of waiting transactions, spent by others or not. */
  private Map<OutPoint, TxOut> spendable() {
    Map<OutPoint, TxOut> coins = new LinkedHashMap<>();
    for (MempoolEntry entry : sorted(mirror.values())) {
      for (int i = 0; i < entry.transaction().outputs().size(); i++) {
        coins.put(entry.transaction().outPoint(i), entry.transaction().outputs().get(i));
      }
    }
    for (int i = 0; i < 8; i++) {
      int height = 1 + random.nextInt(chain.tip().height() - 98);
      OutPoint coinbase = chain.coinbase(height);
      chain.coin(coinbase).ifPresent(coin -> coins.put(coinbase, coin.output()));
    }
    for (int height = chain.tip().height() - 2; height <= chain.tip().height(); height++) {
      for (Transaction confirmed : chain.block(height).transactions()) {
        OutPoint first = confirmed.outPoint(0);
        chain.coin(first).ifPresent(coin -> coins.put(first, coin.output()));
      }
    }
    return coins;
  }

  private static List<MempoolEntry> sorted(Collection<MempoolEntry> entries) {
    return entries.stream()
        .sorted((left, right) -> left.txid().toString().compareTo(right.txid().toString()))
        .toList();
  }

  private static Transaction sign(
      List<OutPoint> inputs, List<TxOut> spent, int outputs, long feeSat) {
    long each = (spent.stream().mapToLong(TxOut::valueSat).sum() - feeSat) / outputs;
    List<TxOut> outs = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      outs.add(new TxOut(each, PAYOUT));
    }
    Transaction tx =
        new Transaction(
            2, inputs.stream().map(in -> new TxIn(in, Script.EMPTY, -3)).toList(), outs, 0);
    for (int i = 0; i < inputs.size(); i++) {
      tx = ChainBuilder.MINER.sign(tx, i, spent);
    }
    return tx;
  }

  private void mineTemplate() {
    BlockTemplate template = assembler.template(PAYOUT, chain.nowSeconds() + 600);
    Block block = template.withExtraNonce(random.nextLong());
    chain.add(BlockGenerator.solve(block, 1L << 20).orElseThrow());
  }

  /** A spend of a mature coinbase that is unknown to the mempool, and often contradicts it. */
  private Transaction[] contradiction(HeaderNode parent) {
    List<OutPoint> wanted = new ArrayList<>();
    for (MempoolEntry entry : sorted(mirror.values())) {
      entry.transaction().inputs().forEach(input -> wanted.add(input.outPoint()));
    }
    wanted.add(chain.coinbase(1 + random.nextInt(20)));
    for (OutPoint coin : wanted) {
      Optional<TxOut> output =
          chain
              .coin(coin)
              .filter(found -> found.coinbase() && found.height() <= parent.height() - 99)
              .map(found -> found.output());
      if (output.isPresent()) {
        return new Transaction[] {
          sign(List.of(coin), List.of(output.get()), 1, 50_000 + random.nextInt(1000))
        };
      }
    }
    return new Transaction[0];
  }

  private void reorganise() {
    int depth = 1 + random.nextInt(4);
    HeaderNode fork = chain.tip().ancestor(chain.tip().height() - depth);
    List<Transaction> old = chain.block(fork.height() + 1).transactions();
    int kept = random.nextInt(old.size());
    Transaction[] other = kept + 1 < old.size() ? respend(fork, kept) : contradiction(fork);
    Block first =
        chain.add(chain.draft(fork.hash()).with(old.subList(1, 1 + kept)).with(other).build());
    BlockHash last = first.hash();
    chain.mineOn(last, depth);
    assertThat(chain.tip().height()).isEqualTo(fork.height() + depth + 1);
  }

  /** Spends anew, if it is older than the fork, a coin of a transaction after it. */
  private Transaction[] respend(HeaderNode fork, int position) {
    HeaderNode node = chain.tip().ancestor(fork.height() + 1);
    Transaction old = chain.block(node.height()).transactions().get(position + 1);
    Coin coin =
        chain
            .chain()
            .snapshot()
            .chain()
            .undo(node.hash())
            .orElseThrow()
            .spent()
            .get(position)
            .get(0);
    if (coin.height() > fork.height()) {
      return new Transaction[0];
    }
    List<OutPoint> input = List.of(old.inputs().get(0).outPoint());
    return new Transaction[] {sign(input, List.of(coin.output()), 1, 60_000)};
  }

  private void check() {
    MempoolSnapshot snapshot = pool.snapshot();
    List<MempoolEntry> entries = snapshot.entries();
    assertThat(Set.copyOf(entries)).isEqualTo(Set.copyOf(mirror.values()));
    assertThat(snapshot.count()).isEqualTo(entries.size());
    assertThat(snapshot.virtualSize())
        .isEqualTo(entries.stream().mapToLong(MempoolEntry::virtualSize).sum());
    assertThat(snapshot.totalFeeSat())
        .isEqualTo(entries.stream().mapToLong(MempoolEntry::feeSat).sum());
    assertThat(snapshot.usageBytes()).isLessThanOrEqualTo(MAX_BYTES);
    checkCoins(snapshot, entries);
    checkChunks(snapshot, entries);
    BlockTemplate template = assembler.template(PAYOUT, chain.nowSeconds() + 600);
    assertThat(template.items()).hasSize(entries.size());
    assertThat(chain.chain().testBlock(template.block(), chain.nowSeconds() + 600))
        .matches(verdict -> verdict.isAccepted());
  }

  private void checkCoins(MempoolSnapshot snapshot, List<MempoolEntry> entries) {
    Set<OutPoint> spent = new HashSet<>();
    for (MempoolEntry entry : entries) {
      long in = 0;
      for (TxIn input : entry.transaction().inputs()) {
        OutPoint coin = input.outPoint();
        assertThat(spent.add(coin)).isTrue();
        assertThat(snapshot.spender(coin)).contains(entry);
        Optional<MempoolEntry> maker = snapshot.get(coin.txid());
        in +=
            maker.isPresent()
                ? maker.get().transaction().outputs().get(coin.index()).valueSat()
                : chain.coin(coin).orElseThrow().output().valueSat();
      }
      long out = entry.transaction().outputs().stream().mapToLong(TxOut::valueSat).sum();
      assertThat(entry.feeSat()).isEqualTo(in - out);
    }
  }

  private void checkChunks(MempoolSnapshot snapshot, List<MempoolEntry> entries) {
    List<MempoolEntry> ordered =
        pool.chunks().stream().flatMap(chunk -> chunk.entries().stream()).toList();
    assertThat(ordered).hasSameSizeAs(entries).isEqualTo(snapshot.entriesBestFirst());
    Set<Txid> before = new HashSet<>();
    for (MempoolEntry entry : ordered) {
      snapshot.parents(entry).forEach(parent -> assertThat(before).contains(parent.txid()));
      before.add(entry.txid());
    }
    Chunk better = null;
    for (Chunk chunk : pool.chunks()) {
      assertThat(better == null || better.fees().compareTo(chunk.fees()) >= 0).isTrue();
      better = chunk;
    }
    for (MempoolEntry entry : entries) {
      assertThat(txids(snapshot.cluster(entry.txid()).orElseThrow().entries()))
          .isEqualTo(connected(snapshot, entry));
    }
  }

  private static Set<Txid> txids(Collection<MempoolEntry> entries) {
    return entries.stream().map(MempoolEntry::txid).collect(Collectors.toSet());
  }

  private static Set<Txid> connected(MempoolSnapshot snapshot, MempoolEntry start) {
    Set<Txid> found = new HashSet<>();
    List<MempoolEntry> open = new ArrayList<>(List.of(start));
    while (!open.isEmpty()) {
      MempoolEntry entry = open.remove(open.size() - 1);
      if (found.add(entry.txid())) {
        open.addAll(snapshot.parents(entry));
        open.addAll(snapshot.children(entry));
      }
    }
    return found;
  }
}
