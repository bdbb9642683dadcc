package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.farthing.consensus.crypto.MuHash;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.CoinSetHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.consensus.validation.Verdict;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoinStatisticsTest {
  private static final ConsensusParams PARAMS = ConsensusParams.regtest();

  private static CoinStatistics statistics(ChainState chain, CoinSetHashType type) {
    try (CoinScan scan = chain.snapshot().chain().scanCoins()) {
      return CoinStatistics.of(scan, type);
    }
  }

  private static CoinSetHash hash(ChainState chain, CoinSetHashType type) {
    return statistics(chain, type).hash().orElseThrow();
  }

  @Test
  void aNewChainHasNoCoins() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      CoinStatistics none = statistics(chain.chain(), CoinSetHashType.MUHASH);
      assertThat(none.coins()).isZero();
      assertThat(none.totalSat()).isZero();
      assertThat(none.tip()).isEqualTo(PARAMS.genesis().hash());
      // The digest of the empty set, as Bitcoin Core's Python implementation gives it.
      assertThat(none.hash().orElseThrow())
          .hasToString("dd5ad2a105c2d29495f577245c357409002329b9f4d6182c0af3dc2f462555c8");
    }
  }

  @Test
  void figuresOfASmallChain() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(101, BlockDraft.ANYONE);
      TxOut[] outputs =
          IntStream.range(0, 300)
              .mapToObj(i -> new TxOut(i + 1, BlockDraft.ANYONE))
              .toArray(TxOut[]::new);
      chain.mineWith(ChainBuilder.spendAnyone(List.of(chain.coinbase(1)), outputs));
      CoinStatistics figures = statistics(chain.chain(), CoinSetHashType.NONE);
      assertThat(figures.hash()).isEmpty();
      assertThat(figures.tip()).isEqualTo(chain.tip().hash());
      assertThat(figures.transactions()).isEqualTo(102);
      assertThat(figures.coins()).isEqualTo(101 + 300);
      assertThat(figures.totalSat()).isEqualTo(101 * 50_00000000L + 300 * 301 / 2);
      // One byte of script each, but 22 of the last coinbase.
      assertThat(figures.bogoSize()).isEqualTo(401 * 51 + 21);
      // RocksDB estimates from a random sample what it has not written to a file yet.
      assertThat(figures.diskBytes()).isBetween(0L, 401 * 4000L);
    }
  }

  /** More coins than are read at once, and more outputs than fit into one byte. */
  @Test
  void coinsComeInOrderAndOnce() {
    try (ChainBuilder chain = ChainBuilder.regtest()) {
      chain.mine(105, BlockDraft.ANYONE);
      TxOut[] outputs = new TxOut[1500];
      Arrays.fill(outputs, new TxOut(1, BlockDraft.ANYONE));
      for (int height = 1; height <= 4; height++) {
        chain.mineWith(ChainBuilder.spendAnyone(List.of(chain.coinbase(height)), outputs));
      }
      List<OutPoint> seen = new ArrayList<>();
      try (CoinScan scan = chain.chain().snapshot().chain().scanCoins()) {
        chain.fork(100, 20);
        for (List<UnspentOutput> some = scan.next(); !some.isEmpty(); some = scan.next()) {
          some.forEach(unspent -> seen.add(unspent.outPoint()));
        }
        assertThat(scan.tip()).isNotEqualTo(chain.tip().hash());
      }
      assertThat(seen).hasSize(4 * 1500 + 105).doesNotHaveDuplicates();
      for (int i = 1; i < seen.size(); i++) {
        OutPoint left = seen.get(i - 1);
        OutPoint right = seen.get(i);
        int byTxid = Arrays.compareUnsigned(left.txid().toByteArray(), right.txid().toByteArray());
        assertThat(byTxid < 0 || (byTxid == 0 && left.index() < right.index())).isTrue();
      }
    }
  }

  @Test
  void aScanOfAClosedLedgerSaysSo() {
    ChainBuilder chain = ChainBuilder.regtest();
    CoinScan scan = chain.chain().snapshot().chain().scanCoins();
    chain.close();
    assertThatThrownBy(scan::next)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
    scan.close();
  }

  /**
   * A hash that follows each event, one that is computed of all coins, and one of a simple second
   * opinion on which coins there are: they are the same, whatever reorganisations lie behind.
   */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aHashThatIsKeptUpIsTheOneThatIsComputedAnew(long seed) {
    List<Block> tree = RandomTree.grow(seed, 60);
    Random random = new Random(seed);
    Collections.shuffle(tree.subList(110, tree.size()), random);
    try (ChainState first = deliver(tree);
        ChainState second = open()) {
      MuHash kept = new MuHash();
      int[] disconnected = new int[1];
      second.addListener(
          event -> {
            boolean connected = event instanceof ChainEvent.Connected;
            disconnected[0] += connected ? 0 : 1;
            follow(kept, event, connected);
          });
      Collections.shuffle(tree.subList(110, tree.size()), random);
      deliver(tree, second);
      assertThat(disconnected[0]).isPositive();
      assertThat(second.snapshot().tip().chainWork()).isEqualTo(first.snapshot().tip().chainWork());
      assertThat(hash(second, CoinSetHashType.MUHASH)).isEqualTo(CoinSetHash.of(kept.digest()));
      assertThat(hash(second, CoinSetHashType.MUHASH)).isEqualTo(secondOpinion(second));
      assertThat(hash(first, CoinSetHashType.MUHASH)).isEqualTo(secondOpinion(first));
    }
  }

  private static ChainState open() {
    return ChainState.open(PARAMS, RocksLedger.inMemory(PARAMS), Runnable::run);
  }

  private static ChainState deliver(List<Block> blocks) {
    ChainState chain = open();
    deliver(blocks, chain);
    return chain;
  }

  /** Headers in their order, then the blocks in any. */
  private static void deliver(List<Block> blocks, ChainState chain) {
    List<Block> waiting = new ArrayList<>(blocks);
    while (!waiting.isEmpty()) {
      waiting.removeIf(
          block ->
              chain
                  .acceptHeader(block.header(), block.header().timeSeconds())
                  .equals(Verdict.accepted()));
    }
    for (Block block : blocks) {
      assertThat(chain.acceptBlock(block, block.header().timeSeconds()))
          .isEqualTo(Verdict.accepted());
    }
  }

  private static void follow(MuHash set, ChainEvent event, boolean connected) {
    List<Transaction> transactions = event.block().transactions();
    for (int i = 0; i < transactions.size(); i++) {
      Transaction tx = transactions.get(i);
      for (int output = 0; output < tx.outputs().size(); output++) {
        if (Coin.canBeSpent(tx.outputs().get(output))) {
          Coin coin = new Coin(tx.outputs().get(output), event.node().height(), i == 0);
          change(set, new UnspentOutput(tx.outPoint(output), coin), connected);
        }
      }
      for (int input = 0; i > 0 && input < tx.inputs().size(); input++) {
        Coin coin = event.undo().spent().get(i - 1).get(input);
        change(set, new UnspentOutput(tx.inputs().get(input).outPoint(), coin), !connected);
      }
    }
  }

  private static void change(MuHash set, UnspentOutput coin, boolean added) {
    if (added) {
      set.insert(CoinSetHashType.bytes(coin));
    } else {
      set.remove(CoinSetHashType.bytes(coin));
    }
  }

  private static CoinSetHash secondOpinion(ChainState chain) {
    MuHash set = new MuHash();
    for (Map.Entry<OutPoint, Coin> each : Coins.replay(chain.snapshot()).entrySet()) {
      set.insert(CoinSetHashType.bytes(new UnspentOutput(each.getKey(), each.getValue())));
    }
    return CoinSetHash.of(set.digest());
  }

  /** The same chain, delivered in another order and with detours over side branches. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void twoNodesWithTheSameChainHaveTheSameHash(long seed) {
    List<Block> tree = new ArrayList<>(RandomTree.grow(seed, 40));
    try (ChainBuilder straight = ChainBuilder.regtest()) {
      tree.forEach(straight::offer);
      // Three more blocks decide which branch is the best for everybody.
      tree.addAll(straight.mine(3));
      List<Block> shuffled = new ArrayList<>(tree);
      Collections.shuffle(shuffled, new Random(seed));
      try (ChainState other = deliver(shuffled)) {
        assertThat(other.snapshot().tip().hash()).isEqualTo(straight.tip().hash());
        for (CoinSetHashType type :
            List.of(CoinSetHashType.HASH_SERIALIZED_3, CoinSetHashType.MUHASH)) {
          assertThat(hash(other, type)).isEqualTo(hash(straight.chain(), type));
        }
        assertThat(hash(other, CoinSetHashType.HASH_SERIALIZED_3))
            .isNotEqualTo(hash(other, CoinSetHashType.MUHASH));
      }
    }
  }
}
