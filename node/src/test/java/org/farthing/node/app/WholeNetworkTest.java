package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.spend.SendRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Thirty production nodes in one process, without real time. */
class WholeNetworkTest {
  private static final int NODES = 30;
  private static final long START = 1_795_300_000_000L;
  private static final long MINUTE = 60_000;
  private static final TestKey STRANGER = TestKey.number(9);

  private final VirtualTime time = new VirtualTime(START);
  private final SimulatedNetwork network =
      new SimulatedNetwork(time, SimulatedNetwork.Settings.of(30));
  private final List<SimulatedNode> nodes = new ArrayList<>();

  /** Each node knows two earlier ones; the others it learns of by gossip. */
  @BeforeEach
  void aRandomTopology() {
    Random random = new Random(3);
    for (int i = 0; i < NODES; i++) {
      List<SimulatedNode> friends = new ArrayList<>();
      for (int k = 0; k < 2 && i > 0; k++) {
        friends.add(nodes.get(random.nextInt(i)));
      }
      nodes.add(new SimulatedNode(time, network, i, friends.stream().distinct().toList()));
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(SimulatedNode::close);
  }

  private static boolean agree(Collection<SimulatedNode> some) {
    return some.stream().map(SimulatedNode::tip).distinct().count() == 1;
  }

  private void mineUntil(SimulatedNode miner, int height) {
    miner.mine(1);
    time.runUntil(() -> miner.height() >= height, 100L * height * MINUTE);
    miner.stopMining();
    time.runUntil(() -> agree(nodes), 10 * MINUTE);
  }

  private OutPoint coinbase(SimulatedNode node, int height) {
    Block block =
        node.core
            .chain()
            .snapshot()
            .chain()
            .block(node.chain().tip().ancestor(height).hash())
            .orElseThrow();
    return block.transactions().get(0).outPoint(0);
  }

  private Transaction spend(SimulatedNode owner, OutPoint coin, Script to, long valueSat) {
    TxOut spent = owner.core.chain().coins().coin(coin).map(Coin::output).orElseThrow();
    return ChainBuilder.spend(owner.key, coin, spent, new TxOut(valueSat, to));
  }

  private MempoolResult submit(SimulatedNode node, Transaction transaction) {
    return node.core.gossip().transactions().submit(transaction, time.nowMillis());
  }

  private static boolean waits(SimulatedNode node, Transaction transaction) {
    return node.core.mempool().contains(transaction.txid());
  }

  private static boolean isSpent(SimulatedNode node, OutPoint coin) {
    return node.core.chain().coins().coin(coin).isEmpty();
  }

  @Test
  void nodesFindEachOtherByGossip() {
    time.runFor(2 * MINUTE);
    for (SimulatedNode node : nodes) {
      assertThat(node.core.peers().all()).as("peers of %s", node).hasSizeGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void blocksAndTransactionsReachAll() {
    SimulatedNode miner = nodes.get(17);
    mineUntil(miner, 110);
    OutPoint coin = coinbase(miner, 1);
    Transaction payment = spend(miner, coin, STRANGER.p2wpkh(), 49 * Amount.COIN);
    assertThat(submit(miner, payment).isAccepted()).isTrue();
    time.runUntil(() -> nodes.stream().allMatch(node -> waits(node, payment)), 2 * MINUTE);

    mineUntil(nodes.get(4), miner.height() + 1);
    for (SimulatedNode node : nodes) {
      assertThat(waits(node, payment)).as("%s", node).isFalse();
      assertThat(isSpent(node, coin)).as("%s", node).isTrue();
      assertThat(isSpent(node, payment.outPoint(0))).as("%s", node).isFalse();
    }
  }

  @Test
  void walletsOnBothSidesOfACutAreRightInTheEnd() throws WalletException {
    SimulatedNode left = nodes.get(1);
    SimulatedNode right = nodes.get(NODES - 2);
    Wallet alice = left.newWallet();
    Wallet bob = right.newWallet();
    left.mine(1, alice.newReceiveAddress("").toScript());
    time.runUntil(() -> left.height() >= 110, 200 * MINUTE);
    left.stopMining();
    time.runUntil(() -> agree(nodes), 10 * MINUTE);
    // As in Bitcoin Core, a coinbase is spendable for wallets when 100 blocks have come after it.
    int mined = left.height();
    long ripe = (mined - 100) * 50L * Amount.COIN;
    assertThat(alice.balance().trustedSat()).isEqualTo(ripe);

    network.partition(
        nodes.subList(0, NODES / 2).stream().map(node -> node.transport).toList(),
        SimulatedNetwork.Cut.STALLS);
    Address bobs = bob.newReceiveAddress("");
    SendRequest request = SendRequest.of(bobs, 7 * Amount.COIN, 2_000);
    Transaction payment = alice.send(request);
    Script nobody = TestKey.number(77).p2wpkh();
    left.mine(1, nobody);
    right.mine(3, nobody);
    time.runFor(10 * MINUTE);
    assertThat(bob.balance().trustedSat()).as("the news is held up").isZero();
    left.stopMining();
    right.stopMining();
    time.runFor(MINUTE);
    assertThat(right.height()).isGreaterThan(left.height());
    assertThat(alice.history().transaction(payment.txid()).confirmations()).isPositive();

    network.heal();
    time.runUntil(() -> agree(nodes), 60 * MINUTE);
    time.runUntil(() -> nodes.stream().allMatch(node -> waits(node, payment)), 60 * MINUTE);
    assertThat(alice.history().transaction(payment.txid()).confirmations()).isZero();
    assertThat(bob.balance().pendingSat()).isEqualTo(7 * Amount.COIN);
    mineUntil(nodes.get(8), nodes.get(8).height() + 1);
    assertThat(bob.balance().trustedSat()).isEqualTo(7 * Amount.COIN);
    long fee = alice.history().transaction(payment.txid()).feeSat().orElseThrow();
    long ripeNow = Math.min(right.height() - 100, mined) * 50L * Amount.COIN;
    assertThat(alice.balance().trustedSat()).isEqualTo(ripeNow - 7 * Amount.COIN - fee);
  }

  @Test
  void twoHalvesCutApartAgreeWhenTheyAreJoined() {
    SimulatedNode miner = nodes.get(0);
    mineUntil(miner, 110);
    List<SimulatedNode> left = nodes.subList(0, NODES / 2);
    List<SimulatedNode> right = nodes.subList(NODES / 2, NODES);
    network.partition(
        left.stream().map(node -> node.transport).toList(), SimulatedNetwork.Cut.CLOSES);

    OutPoint both = coinbase(miner, 1);
    OutPoint onlyLeft = coinbase(miner, 2);
    Transaction leftSpend = spend(miner, both, STRANGER.p2wpkh(), 49 * Amount.COIN);
    Transaction rightSpend = spend(miner, both, TestKey.number(8).p2wpkh(), 48 * Amount.COIN);
    Transaction leftOnly = spend(miner, onlyLeft, STRANGER.p2wpkh(), 47 * Amount.COIN);
    assertThat(submit(left.get(3), leftSpend).isAccepted()).isTrue();
    assertThat(submit(left.get(3), leftOnly).isAccepted()).isTrue();
    assertThat(submit(right.get(3), rightSpend).isAccepted()).isTrue();
    left.get(1).mine(1);
    right.get(1).mine(2);
    time.runFor(10 * MINUTE);
    left.get(1).stopMining();
    right.get(1).stopMining();
    time.runUntil(() -> agree(left) && agree(right), 5 * MINUTE);
    assertThat(right.get(0).height()).isGreaterThan(left.get(0).height());
    assertThat(isSpent(left.get(0), leftSpend.outPoint(0))).isFalse();
    assertThat(isSpent(right.get(0), rightSpend.outPoint(0))).isFalse();

    network.heal();
    time.runUntil(() -> agree(nodes), 30 * MINUTE);
    for (SimulatedNode node : nodes) {
      assertThat(node.tip()).as("%s", node).isEqualTo(right.get(0).tip());
      assertThat(isSpent(node, both)).as("%s", node).isTrue();
      assertThat(isSpent(node, rightSpend.outPoint(0))).as("the winner, at %s", node).isFalse();
      assertThat(isSpent(node, leftSpend.outPoint(0))).as("the loser, at %s", node).isTrue();
      assertThat(waits(node, leftSpend)).as("the loser waits at %s", node).isFalse();
    }
    assertThat(left)
        .as("what only the left had seen waits again")
        .allMatch(n -> waits(n, leftOnly));

    mineUntil(left.get(0), left.get(0).height() + 1);
    assertThat(nodes).allMatch(node -> !isSpent(node, leftOnly.outPoint(0)));
  }
}
