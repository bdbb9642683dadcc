package org.farthing.node.zmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.Owner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.config.ZmqAddress.Topic;
import org.farthing.node.mempool.Mempool;
import org.farthing.node.mempool.MempoolChain;
import org.farthing.node.mempool.MempoolOptions;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said, and in which order; the order is Bitcoin Core's (its test interface_zmq). */
class ZmqNotificationsTest {
  private final ChainBuilder builder = ChainBuilder.regtest();
  private final Mempool mempool =
      new Mempool(MempoolChain.of(builder.chain()), MempoolOptions.defaults(), Owner.UNCHECKED);
  private final List<String> said = new ArrayList<>();
  private final Queue<Runnable> later = new ArrayDeque<>();
  private boolean initialDownload;
  private ZmqNotifications notifications;

  /** Writes down each message: topic and what tells it from others. */
  private final class Notes implements Messages {
    @Override
    public boolean has(Topic topic) {
      return true;
    }

    @Override
    public void publish(Topic topic, byte[] body) {
      said.add(topic.label() + " " + Hex.encode(body));
    }
  }

  @BeforeEach
  void listen() {
    builder.mine(103);
    notifications = new ZmqNotifications(new Notes(), () -> initialDownload, later::add);
    builder.chain().addListener(mempool::chainEvent);
    builder.chain().addListener(notifications::chainChanged);
    mempool.addListener(notifications::mempoolChanged);
  }

  @AfterEach
  void close() {
    builder.close();
  }

  /** What a node does when its tip has changed. */
  private void settle() {
    mempool.settle(now());
    notifications.settled();
  }

  private long now() {
    return builder.nowSeconds() * 1000;
  }

  private Transaction wait(Transaction tx) {
    assertThat(mempool.accept(tx, now()).isAccepted()).isTrue();
    return tx;
  }

  private Transaction spend(int height, long fee) {
    return builder.spend(
        builder.coinbase(height), ChainBuilder.MINER.p2wpkh(), 5_000_000_000L - fee);
  }

  private static String transactions(Transaction... all) {
    StringBuilder lines = new StringBuilder();
    for (Transaction tx : all) {
      lines.append("hashtx ").append(tx.txid()).append('\n');
      lines.append("rawtx ").append(Hex.encode(tx.serialize())).append('\n');
    }
    return lines.toString();
  }

  private static String transactions(Block block) {
    return transactions(block.transactions().toArray(Transaction[]::new));
  }

  private static String sequence(Block block, char label) {
    return "sequence " + block.hash() + "%02x".formatted((int) label) + "\n";
  }

  private static String sequence(Transaction tx, char label, long number) {
    return "sequence "
        + tx.txid()
        + "%02x%016x\n".formatted((int) label, Long.reverseBytes(number));
  }

  private static String tip(Block block) {
    return "hashblock " + block.hash() + "\nrawblock " + Hex.encode(block.serialize()) + "\n";
  }

  private void assertSaid(String... lines) {
    assertThat(String.join("\n", said) + "\n").isEqualTo(String.join("", lines));
    said.clear();
  }

  @Test
  void aTransactionWaitsAndIsConfirmed() {
    Transaction tx = wait(spend(1, 10_000));
    assertSaid(transactions(tx), sequence(tx, 'A', 1));
    Block block = builder.mineWith(tx);
    settle();
    // That it waits no longer the block says; the number counts it.
    assertSaid(transactions(block), sequence(block, 'C'), tip(block));
    Transaction next =
        wait(builder.spend(tx.outPoint(0), ChainBuilder.MINER.p2wpkh(), 4_900_000_000L));
    assertSaid(transactions(next), sequence(next, 'A', 3));
  }

  @Test
  void aReplacementRemovesFirst() {
    Transaction first = wait(spend(1, 10_000));
    Transaction second = wait(spend(1, 20_000));
    assertSaid(
        transactions(first),
        sequence(first, 'A', 1),
        sequence(first, 'R', 2),
        transactions(second),
        sequence(second, 'A', 3));
  }

  /** The numbers stand in the order of the block: the conflict, then what it confirms. */
  @Test
  void aConflictIsSaidBeforeItsBlock() {
    Transaction loser = wait(spend(1, 10_000));
    Transaction other = wait(spend(2, 10_000));
    said.clear();
    Block block = builder.mineWith(spend(1, 20_000), other);
    settle();
    assertSaid(sequence(loser, 'R', 3), transactions(block), sequence(block, 'C'), tip(block));
    Transaction next = wait(spend(3, 10_000));
    assertSaid(transactions(next), sequence(next, 'A', 5));
  }

  @Test
  void aReorganisationSaysWhatReturnsBeforeTheNewBlocks() {
    Transaction tx = spend(1, 10_000);
    Block old = builder.mineWith(tx);
    said.clear();
    List<Block> branch = builder.fork(103, 2);
    settle();
    Block first = branch.get(0);
    Block second = branch.get(1);
    // Of the two new blocks only the last has more work than the old tip.
    assertSaid(
        transactions(old),
        sequence(old, 'D'),
        transactions(tx),
        sequence(tx, 'A', 1),
        transactions(first),
        sequence(first, 'C'),
        transactions(second),
        sequence(second, 'C'),
        tip(second));
  }

  @Test
  void eachOfSeveralBlocksIsATip() {
    Block first = builder.draft().build();
    builder.chain().acceptHeader(first.header(), builder.nowSeconds());
    Block second = builder.draft(first.hash()).build();
    builder.offer(second);
    assertThat(said).isEmpty();
    builder.offer(first);
    settle();
    assertSaid(
        transactions(first),
        sequence(first, 'C'),
        tip(first),
        transactions(second),
        sequence(second, 'C'),
        tip(second));
  }

  @Test
  void whileTheNodeCatchesUpItsTipsAreNoNews() {
    initialDownload = true;
    Block block = builder.mine(1).get(0);
    settle();
    assertSaid(transactions(block), sequence(block, 'C'));
  }

  @Test
  void aBlockIsTakenBackByItsOperator() {
    Block block = builder.mine(1).get(0);
    said.clear();
    builder.chain().invalidate(builder.tip());
    settle();
    assertSaid(transactions(block), sequence(block, 'D'));
    assertThat(later).hasSize(1);
    later.remove().run();
    assertThat(said).isEmpty();
  }

  /** The better branch turns out to be invalid: the tip is again what it was, and all is said. */
  @Test
  void aReorganisationThatFailsIsSaidToo() {
    Block old = builder.mine(1).get(0);
    Block good = builder.draft(builder.block(103).hash()).build();
    said.clear();
    builder.offer(good);
    assertThat(said).isEmpty();
    Block bad = builder.draft(good.hash()).fees(1).build();
    builder.offer(bad);
    assertThat(builder.tip().hash()).isEqualTo(old.hash());
    later.remove().run();
    assertSaid(
        transactions(old),
        sequence(old, 'D'),
        transactions(good),
        sequence(good, 'C'),
        transactions(good),
        sequence(good, 'D'),
        transactions(old),
        sequence(old, 'C'));
  }
}
