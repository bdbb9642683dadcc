package org.farthing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.testing.BlockDraft;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegtestNodeTest {
  private static final long COIN = 100_000_000;

  private final RegtestNode node = RegtestNode.start();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void theWalletHasCoinsAtOnce() {
    assertThat(node.wallet().balanceSat()).isEqualTo(500 * COIN);
    assertThat(node.height()).isEqualTo(110);
    assertThat(node.wallet().balance().immatureSat()).isZero();
  }

  @Test
  void aPaymentWaitsUntilABlockIsMined() {
    RegtestWallet shop = node.createWallet("shop");
    Txid payment = node.send(shop.newAddress(), 150_000);
    assertThat(node.isWaiting(payment)).isTrue();
    assertThat(shop.balance().pendingSat()).isEqualTo(150_000);
    assertThat(shop.confirmations(payment)).isZero();
    List<BlockHash> blocks = node.mine(3);
    assertThat(shop.balanceSat()).isEqualTo(150_000);
    assertThat(shop.confirmations(payment)).isEqualTo(3);
    assertThat(node.block(blocks.get(0)).transactions())
        .extracting(Transaction::txid)
        .contains(payment);
    assertThat(node.isWaiting(payment)).isFalse();
  }

  @Test
  void rewardsGoWhereTheTestWants() {
    RegtestWallet miner = node.createWallet("miner");
    long before = node.wallet().balance().totalSat();
    node.mineTo(miner.newAddress(), 2);
    assertThat(miner.balance().immatureSat()).isEqualTo(100 * COIN);
    assertThat(node.wallet().balance().totalSat()).isEqualTo(before);
    node.mine(100);
    assertThat(miner.balanceSat()).isPositive();
  }

  @Test
  void aReorganisationBringsPaymentsBackToTheMempool() {
    Txid early = node.send(node.newAddress(), 10_000);
    node.mine(1);
    Txid late = node.send(node.newAddress(), 20_000);
    List<BlockHash> old = node.mine(2);
    int height = node.height();
    Reorganisation reorganisation = node.reorg(2);
    assertThat(reorganisation.disconnected()).containsExactly(old.get(1), old.get(0));
    assertThat(reorganisation.connected()).hasSize(3).endsWith(node.tip());
    assertThat(node.height()).isEqualTo(height + 1);
    assertThat(node.isWaiting(late)).isTrue();
    assertThat(node.isWaiting(early)).isFalse();
    assertThat(node.wallet().confirmations(late)).isZero();
    node.mine(1);
    assertThat(node.wallet().confirmations(late)).isEqualTo(1);
  }

  @Test
  void reorganisationsCanFollowEachOther() {
    node.mine(5);
    for (int depth = 1; depth <= 5; depth++) {
      int height = node.height();
      assertThat(node.reorg(depth).connected()).hasSize(depth + 1);
      assertThat(node.height()).isEqualTo(height + 1);
    }
    assertThatThrownBy(() -> node.reorg(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> node.reorg(node.height() + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClockThatRunsCanBePutForward() {
    Instant before = node.time();
    node.advanceTime(Duration.ofHours(3));
    assertThat(node.time()).isAfterOrEqualTo(before.plus(Duration.ofHours(3)));
    node.mine(1);
    assertThat(node.chain().tip().header().timeSeconds())
        .isGreaterThanOrEqualTo(before.plus(Duration.ofHours(3)).getEpochSecond());
  }

  @Test
  void aClockCanStandStill() {
    Instant then = Instant.parse("2030-01-01T00:00:00Z");
    try (RegtestNode frozen = RegtestNode.builder().time(then).start()) {
      assertThat(frozen.time()).isEqualTo(then);
      frozen.advanceTime(Duration.ofMillis(1_500));
      assertThat(frozen.time()).isEqualTo(then.plusMillis(1_500));
      assertThat(frozen.wallet().balanceSat()).isEqualTo(500 * COIN);
    }
  }

  @Test
  void whatWaitsTooLongIsDropped() {
    Txid payment = node.send(node.newAddress(), 10_000);
    node.advanceTime(Duration.ofDays(13));
    assertThat(node.isWaiting(payment)).isTrue();
    node.advanceTime(Duration.ofDays(2));
    assertThat(node.isWaiting(payment)).isFalse();
  }

  @Test
  void blocksThatRunFarAheadOfTheClockTakeItAlong() {
    try (RegtestNode empty = RegtestNode.builder().coins(0).start();
        ChainBuilder other = ChainBuilder.regtest()) {
      long almostTooLate = empty.time().getEpochSecond() + 7_100;
      for (int i = 0; i < 11; i++) {
        empty.submit(other.add(other.draft().timeSeconds(almostTooLate + i).build()));
      }
      assertThat(empty.time().getEpochSecond()).isLessThan(almostTooLate - 7_000);
      empty.mine(1);
      assertThat(empty.time().getEpochSecond()).isBetween(almostTooLate, almostTooLate + 60);
      empty.mine(1_000);
    }
  }

  @Test
  void blocksOfOthersAreChecked() {
    try (RegtestNode empty = RegtestNode.builder().coins(0).start();
        ChainBuilder other = ChainBuilder.regtest()) {
      empty.submit(other.mine(1).get(0));
      assertThat(empty.tip()).isEqualTo(other.tip().hash());
      Block greedy = other.draft().fees(1).build();
      assertThatThrownBy(() -> empty.submit(greedy))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bad-cb-amount");
      Block good = other.draft().payTo(BlockDraft.ANYONE).build();
      empty.submit(good);
      assertThat(empty.height()).isEqualTo(2);
    }
  }

  @Test
  void transactionsOfOthersAreChecked() {
    Txid txid = node.send(node.newAddress(), 10_000);
    Transaction known = node.mempool().get(txid).orElseThrow().transaction();
    node.mine(1);
    assertThatThrownBy(() -> node.broadcast(known.serialize()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> node.broadcast(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mistakesAreExplained() {
    assertThatThrownBy(() -> node.send("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", 1_000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> node.send(node.newAddress(), 501 * COIN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot pay");
    assertThatThrownBy(() -> node.wallet("nobody's").balance())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nobody's");
    assertThatThrownBy(() -> RegtestNode.builder().option("no-such-thing", "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RegtestNode.builder().option("max-mempool", "many").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("max-mempool");
    assertThatThrownBy(() -> RegtestNode.builder().option("memory", "256").start())
        .as("the heap of a test is larger")
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--memory=256");
    assertThat(node.wallet().balanceSat()).as("the node is unharmed").isEqualTo(500 * COIN);
  }

  @Test
  void withoutAWalletNothingIsMined() {
    try (RegtestNode bare = RegtestNode.builder().withoutWallet().start()) {
      assertThat(bare.height()).isZero();
      bare.mine(2);
      assertThat(bare.height()).isEqualTo(2);
      assertThatThrownBy(bare::newAddress).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aNodeThatWasClosedSaysSo() {
    node.close();
    assertThatThrownBy(() -> node.mine(1)).isInstanceOf(IllegalStateException.class);
    node.close();
  }
}
