package org.farthing.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.keys.VaultKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A node that goes back to a snapshot is what it was. */
class SnapshotTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private final RegtestNode node =
      RegtestNode.builder()
          .time(THEN)
          .coins(4)
          .option("tx-index", "1")
          .option("coin-stats-index", "1")
          .start();
  private final RegtestWallet shop = node.createWallet("shop");

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void allIsAsItWas() {
    Txid waiting = node.send(shop.newAddress("invoice"), 70_000);
    NodeSnapshot snapshot = node.snapshot();
    Map<String, Object> before = State.of(node);
    String next = shop.newAddress();

    node.mine(2);
    node.send(shop.newAddress(), 90_000);
    node.createWallet("another");
    node.advanceTime(Duration.ofDays(1));
    node.revert(snapshot);

    assertThat(State.of(node)).isEqualTo(before);
    assertThat(node.isWaiting(waiting)).isTrue();
    assertThat(shop.newAddress()).as("the address that comes next").isEqualTo(next);
  }

  @Test
  void theSameCanHappenAgain() {
    NodeSnapshot snapshot = node.snapshot();
    for (int round = 0; round < 3; round++) {
      Txid payment = node.send(shop.newAddress(), 70_000);
      node.mine(2);
      assertThat(shop.confirmations(payment)).isEqualTo(2);
      assertThat(shop.balanceSat()).isEqualTo(70_000);
      node.revert(snapshot);
      assertThat(shop.balance().totalSat()).isZero();
      assertThat(shop.transaction(payment)).isEmpty();
    }
  }

  @Test
  void aPaymentThatWasInNoMempoolStaysOutOfIt() {
    Txid dropped = node.send(shop.newAddress(), 70_000);
    node.advanceTime(Duration.ofDays(15));
    assertThat(node.isWaiting(dropped)).isFalse();
    NodeSnapshot snapshot = node.snapshot();
    Map<String, Object> before = State.of(node);
    node.mine(1);
    node.revert(snapshot);
    assertThat(State.of(node)).isEqualTo(before);
    assertThat(node.isWaiting(dropped)).isFalse();
  }

  @Test
  void anEncryptedWalletIsLockedAfterwards() throws Exception {
    NodeSnapshot clear = node.snapshot();
    node.inside()
        .call(
            () -> {
              WalletRegistry wallets = node.inside().wallets();
              char[] passphrase = "pass".toCharArray();
              VaultKey key = VaultKey.fresh(passphrase, wallets.vaultCost(), new SecureRandom());
              return wallets.find("shop").get().locking().encrypt(key);
            });
    NodeSnapshot encrypted = node.snapshot();
    node.mine(1);
    node.revert(encrypted);
    assertThat(isEncrypted()).isTrue();
    node.revert(clear);
    assertThat(isEncrypted()).isFalse();
  }

  private boolean isEncrypted() {
    return node.inside().call(() -> node.inside().wallets().find("shop").get().info().encrypted());
  }

  @Test
  void aSnapshotEndsWithARevertToAnEarlierOne() {
    NodeSnapshot outer = node.snapshot();
    node.mine(1);
    NodeSnapshot inner = node.snapshot();
    node.revert(outer);
    assertThatThrownBy(() -> node.revert(inner)).isInstanceOf(IllegalArgumentException.class);
    node.revert(outer);
    node.release(outer);
    assertThatThrownBy(() -> node.revert(outer)).isInstanceOf(IllegalArgumentException.class);
    node.mine(1);
    assertThat(node.height()).isEqualTo(105);
  }

  @Test
  void aSnapshotIsOfOneNode() {
    try (RegtestNode other = RegtestNode.builder().withoutWallet().start()) {
      NodeSnapshot snapshot = other.snapshot();
      assertThatThrownBy(() -> node.revert(snapshot))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(other.name());
    }
  }

  static List<Long> seeds() {
    return new Random(0).longs(Integer.getInteger("farthing.snapshotSeeds", 6)).boxed().toList();
  }

  private record Marked(NodeSnapshot snapshot, Map<String, Object> state) {}

  /** Snapshots, anything at all, and returns to any of the snapshots, in any order. */
  @ParameterizedTest
  @MethodSource("seeds")
  void afterAnythingAllIsAsItWas(long seed) {
    Random random = new Random(seed);
    List<Marked> marks = new ArrayList<>();
    StringBuilder done = new StringBuilder("seed " + seed + ":");
    for (int step = 0; step < 60; step++) {
      int kind = random.nextInt(12);
      if (kind == 0) {
        done.append(" snapshot");
        marks.add(new Marked(node.snapshot(), State.of(node)));
      } else if (kind == 1 && !marks.isEmpty()) {
        int index = random.nextInt(marks.size());
        done.append(" revert to ").append(index);
        node.revert(marks.get(index).snapshot());
        marks.subList(index + 1, marks.size()).clear();
        assertThat(State.of(node)).as(done.toString()).isEqualTo(marks.get(index).state());
      } else {
        int action = random.nextInt(9);
        done.append(' ').append(action);
        act(action, random);
      }
    }
    assertThat(node.inside().call(() -> node.inside().core().chain().verify(4, 0).problem()))
        .as(done.toString())
        .isEmpty();
  }

  private void act(int kind, Random random) {
    RegtestWallet wallet = random.nextBoolean() ? node.wallet() : shop;
    switch (kind) {
      case 0 -> node.mine(1 + random.nextInt(3));
      case 1 -> node.mineTo(wallet.newAddress(), 1);
      case 2, 3, 4 -> pay(random);
      case 5 -> wallet.newAddress("label " + random.nextInt(3));
      case 6 -> node.reorg(1 + random.nextInt(6));
      case 7 -> node.advanceTime(Duration.ofMinutes(random.nextInt(100_000)));
      default -> invalidate(random);
    }
  }

  private void pay(Random random) {
    RegtestWallet from = random.nextInt(3) > 0 ? node.wallet() : shop;
    RegtestWallet to = from == shop ? node.wallet() : shop;
    long most = from.balanceSat() / 2;
    if (most > 10_000) {
      from.send(to.newAddress(), 5_000 + random.nextInt((int) Math.min(most, 50_000_000)));
    }
  }

  private void invalidate(Random random) {
    HeaderNode tip = node.chain().tip();
    HeaderNode block = tip.ancestor(tip.height() - random.nextInt(4));
    node.inside()
        .call(
            () -> {
              node.inside().core().intake().invalidate(block);
              if (random.nextBoolean()) {
                node.inside().core().intake().reconsider(block);
              }
              return null;
            });
  }
}
