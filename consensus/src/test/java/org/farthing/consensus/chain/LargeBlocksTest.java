package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.store.RocksLedger;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of what blocks with many transactions ask, much is done by other threads meanwhile. */
class LargeBlocksTest {
  private static final int BLOCKS = 4;
  private static final int PAYMENTS = 500;
  private static final long PART_SAT = 10_000;

  private final ExecutorService workers = Executors.newFixedThreadPool(2);
  private final ChainBuilder builder = ChainBuilder.regtest();

  @AfterEach
  void close() {
    builder.close();
    workers.shutdownNow();
  }

  /** Each spends an output of the block before, or of the split that all begin with. */
  private static List<Transaction> payments(List<OutPoint> coins, int block) {
    List<Transaction> payments = new ArrayList<>();
    for (OutPoint coin : coins) {
      payments.add(
          ChainBuilder.spendAnyone(
              List.of(coin),
              new TxOut(PART_SAT - 10L * (block + 1), BlockDraft.ANYONE),
              new TxOut(5, BlockDraft.ANYONE)));
    }
    return payments;
  }

  private List<OutPoint> split() {
    builder.mine(101);
    List<TxOut> parts = Collections.nCopies(PAYMENTS, new TxOut(PART_SAT, BlockDraft.ANYONE));
    Transaction split = builder.spend(builder.coinbase(1), parts.toArray(TxOut[]::new));
    builder.mineWith(split);
    List<OutPoint> coins = new ArrayList<>();
    for (int i = 0; i < PAYMENTS; i++) {
      coins.add(split.outPoint(i));
    }
    return coins;
  }

  private List<Block> branch(BlockHash fork, List<OutPoint> first, int blocks) {
    List<Block> branch = new ArrayList<>();
    List<OutPoint> coins = first;
    BlockHash parent = fork;
    for (int i = 0; i < blocks; i++) {
      List<Transaction> payments = payments(coins, i);
      Block block = builder.add(builder.draft(parent).with(payments).build());
      branch.add(block);
      parent = block.hash();
      coins = payments.stream().map(payment -> payment.outPoint(0)).toList();
    }
    return branch;
  }

  private void expectTheSameCoins(ChainState chain, List<Block> blocks) {
    for (Block block : blocks) {
      for (Transaction tx : block.transactions()) {
        for (int i = 0; i < tx.outputs().size(); i++) {
          OutPoint outPoint = tx.outPoint(i);
          assertThat(chain.coins().coin(outPoint)).isEqualTo(builder.coin(outPoint));
        }
      }
    }
  }

  @Test
  void branchesOfThemComeAndGoAsOnOneThread() {
    List<OutPoint> coins = split();
    BlockHash fork = builder.tip().hash();
    List<Block> before = builder.blocks();
    List<Block> one = branch(fork, coins, BLOCKS);
    ConsensusParams params = builder.params();
    try (ChainState chain = ChainState.open(params, RocksLedger.inMemory(params), workers)) {
      List<Block> all = new ArrayList<>(before);
      all.addAll(one);
      offer(chain, all);
      expectTheSameCoins(chain, all);

      List<Block> other = branch(fork, coins, BLOCKS + 1);
      offer(chain, other);
      all.addAll(other);
      assertThat(chain.snapshot().tip().hash()).isEqualTo(builder.tip().hash());
      assertThat(builder.tip().hash()).isEqualTo(other.get(BLOCKS).hash());
      expectTheSameCoins(chain, all);

      chain.invalidate(chain.headers().find(other.get(1).hash()).orElseThrow());
      builder.chain().invalidate(builder.chain().headers().find(other.get(1).hash()).orElseThrow());
      assertThat(chain.snapshot().tip().hash()).isEqualTo(one.get(BLOCKS - 1).hash());
      expectTheSameCoins(chain, all);
    }
  }

  private static void offer(ChainState chain, List<Block> blocks) {
    for (Block block : blocks) {
      assertThat(chain.acceptBlock(block, block.header().timeSeconds()).isAccepted()).isTrue();
    }
  }
}
