package org.farthing.node.mining.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.mempool.Chunk;
import org.farthing.node.mempool.Cluster;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.mining.BlockTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A mempool, and a plain model of one, have the same happen to them: payments, replacements,
 * packages, priorities, blocks, reorganisations, time. After each step both hold the same
 * transactions, in the same clusters and chunks, ask for the same fee, and would mine the same
 * block, which is valid.
 */
class MempoolModelTest {
  /** Operations of one story; with more of them there are more stories. */
  private static final int OPERATIONS = 1000;

  private static final int ALL = Integer.getInteger("farthing.mempoolModel.operations", 4000);
  private static final long SEED = Long.getLong("farthing.mempoolModel.seed", 1);

  private static final PoolStory.Kind SMALL_CLUSTERS =
      new PoolStory.Kind(new ModelLimits(9, 6_000, 60_000), 35, 9_000);
  private static final PoolStory.Kind LARGE_CLUSTERS =
      new PoolStory.Kind(new ModelLimits(64, 30_000, 240_000), 75, 25_000);

  /** What has happened in all stories together. */
  private static final Set<String> SEEN = new HashSet<>();

  private PoolStory story;

  static LongStream seeds() {
    return LongStream.range(SEED, SEED + Math.max(1, ALL / OPERATIONS / 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void smallClusters(long seed) {
    tell(SMALL_CLUSTERS, seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void largeClusters(long seed) {
    tell(LARGE_CLUSTERS, seed);
  }

  private void tell(PoolStory.Kind kind, long seed) {
    try (PoolStory told = new PoolStory(kind, seed)) {
      story = told;
      for (int step = 0; step < OPERATIONS; step++) {
        try {
          story.step();
          check();
        } catch (AssertionError | RuntimeException e) {
          throw new AssertionError("seed %d, step %d, %s".formatted(seed, step, kind), e);
        }
      }
      SEEN.addAll(story.seen.keySet());
    }
  }

  @AfterAll
  static void everythingHasHappened() {
    assertThat(SEEN)
        .contains(
            "payment taken",
            "payment refused",
            "replacement taken",
            "replacement refused",
            "family taken",
            "family refused",
            "prioritised",
            "block of a template",
            "block of a stranger",
            "reorganisation",
            "invalidated",
            "removed: sizelimit",
            "removed: conflict",
            "removed: expiry",
            "removed: reorg",
            "removed: replaced");
  }

  private void check() {
    checkContents();
    checkChunks();
    checkTemplate();
  }

  private void checkContents() {
    MempoolSnapshot real = story.pool.snapshot();
    Map<Txid, ModelTx> expected = story.model.waiting();
    assertThat(txids(real.entries())).isEqualTo(expected.keySet()).isEqualTo(story.told);
    for (MempoolEntry entry : real.entries()) {
      ModelTx tx = expected.get(entry.txid());
      assertThat(entry.feeSat()).isEqualTo(tx.feeSat());
      assertThat(entry.modifiedFeeSat()).isEqualTo(tx.countedSat());
      assertThat(entry.policyWeight()).isEqualTo(tx.weight());
      assertThat(entry.timeMillis()).isEqualTo(tx.timeMillis());
      tx.spends().forEach(coin -> assertThat(real.spender(coin)).contains(entry));
    }
    assertThat(real.count()).isEqualTo(expected.size());
    assertThat(real.usageBytes()).isEqualTo(story.model.usageBytes());
    assertThat(real.minimumFee(story.nowMillis).satPerKvb())
        .isEqualTo(story.model.minimumSatPerKvb());
  }

  private static Set<Txid> txids(List<MempoolEntry> entries) {
    return entries.stream().map(MempoolEntry::txid).collect(Collectors.toSet());
  }

  private void checkChunks() {
    List<Chunk> all = List.copyOf(story.pool.chunks());
    assertThat(all).isSorted();
    checkOrder(all);
    int clusters = 0;
    for (Set<ModelTx> expected : ModelPool.clusters(story.model.waiting().values())) {
      Txid anyone = expected.iterator().next().txid();
      Cluster cluster = story.pool.snapshot().cluster(anyone).orElseThrow();
      assertThat(txids(cluster.entries()))
          .isEqualTo(expected.stream().map(ModelTx::txid).collect(Collectors.toSet()));
      checkChunks(cluster, story.model.chunksOf(expected));
      clusters++;
    }
    assertThat(all.stream().map(Chunk::clusterId).distinct()).hasSize(clusters);
  }

  private void checkChunks(Cluster cluster, List<ModelChunk> expected) {
    List<ModelChunk> chunks = cluster.chunks().stream().map(this::chunk).toList();
    assertThat(ModelDiagram.of(chunks)).isEqualTo(ModelDiagram.of(expected));
    // Chunks that pay alike can be cut in several ways.
    if (areDistinct(expected) && areDistinct(chunks)) {
      assertThat(chunks.stream().map(ModelChunk::txids))
          .containsExactlyElementsOf(expected.stream().map(ModelChunk::txids).toList());
    }
  }

  private ModelChunk chunk(Chunk chunk) {
    Set<ModelTx> members = new HashSet<>();
    chunk.entries().forEach(entry -> members.add(story.model.waiting().get(entry.txid())));
    ModelChunk found = new ModelChunk(members);
    assertThat(chunk.fees().feeSat()).isEqualTo(found.feeSat());
    assertThat(chunk.fees().weight()).isEqualTo(found.weight());
    return found;
  }

  private static boolean areDistinct(List<ModelChunk> bestFirst) {
    for (int i = 1; i < bestFirst.size(); i++) {
      if (bestFirst.get(i - 1).compareRate(bestFirst.get(i)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Parents come before children, in the order of all chunks. */
  private void checkOrder(List<Chunk> bestFirst) {
    Map<Txid, Integer> places = new HashMap<>();
    for (Chunk chunk : bestFirst) {
      for (MempoolEntry entry : chunk.entries()) {
        places.put(entry.txid(), places.size());
      }
    }
    for (ModelTx tx : story.model.waiting().values()) {
      for (Txid parent : tx.parents()) {
        assertThat(places.getOrDefault(parent, -1)).isLessThan(places.get(tx.txid()));
      }
    }
  }

  private void checkTemplate() {
    long nowSeconds = story.chain.nowSeconds() + 600;
    BlockTemplate template = story.assembler.template(PaymentMaker.PAYOUT, nowSeconds);
    assertThat(story.chain.chain().testBlock(template.block(), nowSeconds))
        .matches(verdict -> verdict.isAccepted());
    List<ModelChunk> expected =
        story.model.template(story.blockWeight() - PoolStory.RESERVED_WEIGHT);
    List<Transaction> mined =
        template.items().stream().map(BlockTemplate.Item::transaction).toList();
    List<ModelChunk> all = story.pool.chunks().stream().map(this::chunk).toList();
    if (areDistinct(story.model.chunksBestFirst()) && areDistinct(all)) {
      assertThat(mined.stream().map(Transaction::txid).collect(Collectors.toSet()))
          .isEqualTo(
              expected.stream()
                  .flatMap(chunk -> chunk.txids().stream())
                  .collect(Collectors.toSet()));
      long fees =
          expected.stream()
              .flatMap(chunk -> chunk.members().stream())
              .mapToLong(ModelTx::feeSat)
              .sum();
      assertThat(template.feesSat()).isEqualTo(fees);
    }
    checkSpends(mined);
  }

  /** Whatever is spent in a block is of the chain or stands before it. */
  private void checkSpends(List<Transaction> mined) {
    Set<OutPoint> spent = new HashSet<>();
    Set<Txid> before = new HashSet<>();
    for (Transaction tx : mined) {
      for (TxIn input : tx.inputs()) {
        OutPoint coin = input.outPoint();
        assertThat(spent.add(coin)).isTrue();
        assertThat(before.contains(coin.txid()) || story.chain.coin(coin).isPresent()).isTrue();
      }
      before.add(tx.txid());
    }
    assertThat(new ArrayList<>(mined)).doesNotHaveDuplicates();
  }
}
