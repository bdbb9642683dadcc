package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.sync.TestShortForms;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.BlockTxn;
import org.farthing.node.wire.CmpctBlock;
import org.farthing.node.wire.GetBlockTxn;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.SendCmpct;
import org.farthing.node.wire.TxMessage;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How blocks travel in short form, between nodes and to and from peers that lie. */
class CompactBlockTest {
  private final ChainBuilder elsewhere = ChainBuilder.regtest();
  private VirtualTime time;
  private SimulatedNetwork network;
  private SimulatedNode node;

  @BeforeEach
  void aNodeWithAChain() {
    elsewhere.mine(110);
    time = new VirtualTime(elsewhere.nowSeconds() * 1000);
    network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1));
    node = new SimulatedNode(time, network, 0, List.of());
    elsewhere.blocks().forEach(this::accept);
  }

  @AfterEach
  void close() {
    node.close();
    elsewhere.close();
  }

  private void accept(Block block) {
    assertThat(node.core.intake().accept(block).isAccepted()).isTrue();
  }

  private Transaction payment(int height) {
    OutPoint coin = elsewhere.coinbase(height);
    long valueSat = elsewhere.coin(coin).orElseThrow().output().valueSat();
    return elsewhere.spend(coin, TestKey.number(7).p2wpkh(), valueSat - 5_000);
  }

  /**
   * A peer that knows compact blocks, whose next block made it one of whom we want them at once.
   */
  private ScriptedPeer chosenPeer() {
    ScriptedPeer peer = understandingPeer();
    Block block = elsewhere.mineWith();
    peer.sayAndWait(new Headers(List.of(block.header())));
    peer.sayAndWait(new BlockMessage(block));
    assertThat(node.tip()).isEqualTo(block.hash());
    assertThat(peer.heard).contains(new SendCmpct(1, SendCmpct.WITH_WITNESSES));
    peer.heard.clear();
    return peer;
  }

  private ScriptedPeer understandingPeer() {
    ScriptedPeer peer = new ScriptedPeer(time, network).join(node);
    peer.sayAndWait(new SendCmpct(0, SendCmpct.WITH_WITNESSES));
    return peer;
  }

  private static CmpctBlock shorten(Block block) {
    return TestShortForms.of(block, 5);
  }

  private static Optional<GetBlockTxn> asked(ScriptedPeer peer) {
    return peer.heard.stream()
        .filter(GetBlockTxn.class::isInstance)
        .map(GetBlockTxn.class::cast)
        .findFirst();
  }

  private static Message whole(Block block) {
    return new GetData(List.of(new InvItem(InvType.WITNESS_BLOCK, block.hash())));
  }

  /** The bytes that came in messages of a type, from all peers. */
  private static long received(SimulatedNode by, MessageType type) {
    return by.core.peers().all().stream()
        .mapToLong(peer -> peer.connection().traffic().receivedByType().getOrDefault(type, 0L))
        .sum();
  }

  @Test
  void aBlockTravelsFromNodeToNodeInShortForm() {
    try (SimulatedNode other = new SimulatedNode(time, network, 1, List.of(node))) {
      time.runUntil(() -> other.height() == node.height(), 60_000);
      // The first one tells the other node whom to ask at once from then on.
      accept(elsewhere.mineWith());
      time.runUntil(() -> other.height() == node.height(), 60_000);
      Transaction payment = payment(3);
      node.core.mempool().accept(payment, time.nowMillis());
      time.runUntil(() -> other.core.mempool().contains(payment.txid()), 120_000);
      long before = received(other, MessageType.BLOCK);
      Block block = elsewhere.mineWith(payment);
      accept(block);
      time.runUntil(() -> other.tip().equals(block.hash()), 60_000);
      assertThat(received(other, MessageType.BLOCK)).isEqualTo(before);
      assertThat(received(other, MessageType.CMPCTBLOCK)).isPositive();
      assertThat(received(other, MessageType.BLOCKTXN)).isZero();
    }
  }

  @Test
  void whatTheOtherNodeLacksItAsksFor() {
    try (SimulatedNode other = new SimulatedNode(time, network, 1, List.of(node))) {
      time.runUntil(() -> other.height() == node.height(), 60_000);
      accept(elsewhere.mineWith());
      time.runUntil(() -> other.height() == node.height(), 60_000);
      Block block = elsewhere.mineWith(payment(3), payment(4));
      accept(block);
      time.runUntil(() -> other.tip().equals(block.hash()), 60_000);
      assertThat(received(other, MessageType.CMPCTBLOCK)).isPositive();
      assertThat(received(other, MessageType.BLOCKTXN)).isPositive();
    }
  }

  @Test
  void missingTransactionsAreAskedForAndMakeTheBlockWhole() {
    ScriptedPeer peer = chosenPeer();
    Transaction known = payment(1);
    Transaction unknown = payment(2);
    peer.sayAndWait(new TxMessage(known));
    Block block = elsewhere.mineWith(known, unknown);
    peer.sayAndWait(shorten(block));
    assertThat(asked(peer)).contains(new GetBlockTxn(block.hash(), List.of(2)));
    peer.sayAndWait(new BlockTxn(block.hash(), List.of(unknown)));
    assertThat(node.tip()).isEqualTo(block.hash());
  }

  @Test
  void whoeverWasNotChosenAndNotAskedIsNotHeard() {
    ScriptedPeer peer = understandingPeer();
    Block block = elsewhere.mineWith(payment(1));
    peer.sayAndWait(shorten(block));
    assertThat(asked(peer)).isEmpty();
    // What it says of the header counts.
    assertThat(peer.heard).contains(whole(block));
  }

  @Test
  void anAnnouncedBlockIsAskedForInShortForm() {
    ScriptedPeer peer = understandingPeer();
    Block block = elsewhere.mineWith(payment(1));
    peer.sayAndWait(new Headers(List.of(block.header())));
    assertThat(peer.askedFor()).containsExactly(new InvItem(InvType.COMPACT_BLOCK, block.hash()));
    peer.sayAndWait(shorten(block));
    peer.sayAndWait(new BlockTxn(block.hash(), block.transactions().subList(1, 2)));
    assertThat(node.tip()).isEqualTo(block.hash());
  }

  @Test
  void wrongTransactionsLeadToTheWholeBlockAndOnlyOnce() {
    ScriptedPeer liar = chosenPeer();
    Transaction right = payment(1);
    Block block = elsewhere.mineWith(right);
    liar.sayAndWait(shorten(block));
    liar.sayAndWait(new BlockTxn(block.hash(), List.of(payment(2))));
    assertThat(liar.heard).contains(whole(block));
    assertThat(liar.isClosed()).isFalse();
    liar.sayAndWait(new BlockTxn(block.hash(), List.of(right)));
    assertThat(liar.isClosed()).isTrue();
    assertThat(node.height()).isEqualTo(111);
  }

  @Test
  void aWrongNumberOfTransactionsIsPunished() {
    ScriptedPeer liar = chosenPeer();
    Block block = elsewhere.mineWith(payment(1));
    liar.sayAndWait(shorten(block));
    liar.sayAndWait(new BlockTxn(block.hash(), List.of()));
    assertThat(liar.isClosed()).isTrue();
  }

  @Test
  void aSilentPeerDoesNotHoldTheBlockBack() {
    ScriptedPeer silent = chosenPeer();
    ScriptedPeer honest = chosenPeer();
    Transaction unknown = payment(1);
    Block block = elsewhere.mineWith(unknown);
    silent.sayAndWait(shorten(block));
    honest.sayAndWait(shorten(block));
    assertThat(asked(silent)).isPresent();
    assertThat(asked(honest)).isPresent();
    honest.sayAndWait(new BlockTxn(block.hash(), List.of(unknown)));
    assertThat(node.tip()).isEqualTo(block.hash());
    assertThat(node.core.gossip().blocks().inFlight(node.core.peers().all().iterator().next()))
        .isEmpty();
    // What comes too late is no harm.
    silent.sayAndWait(new BlockTxn(block.hash(), List.of(unknown)));
    assertThat(silent.isClosed()).isFalse();
  }

  /** All of them called us: the third place is kept for a peer that we called. */
  @Test
  void atMostTwoWhoCalledUsAreAskedForTheSameBlock() {
    List<ScriptedPeer> callers = List.of(chosenPeer(), chosenPeer(), chosenPeer());
    Block block = elsewhere.mineWith(payment(1));
    callers.forEach(peer -> peer.sayAndWait(shorten(block)));
    assertThat(callers.stream().map(peer -> asked(peer).isPresent()))
        .containsExactly(true, true, false);
  }

  @Test
  void nobodyIsBlamedForAnInvalidBlockInShortForm() {
    ScriptedPeer peer = chosenPeer();
    Block invalid = elsewhere.draft().fees(1).build();
    peer.sayAndWait(shorten(invalid));
    assertThat(node.core.chain().isInvalid(invalid.hash())).isTrue();
    assertThat(peer.isClosed()).isFalse();
    // A whole one is another matter.
    Block another = elsewhere.draft().fees(2).build();
    peer.sayAndWait(new BlockMessage(another));
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void whoWantsBlocksAtOnceGetsThemAndTheirTransactions() {
    ScriptedPeer peer = understandingPeer();
    peer.sayAndWait(
        new SendCmpct(1, SendCmpct.WITH_WITNESSES),
        new Headers(List.of(elsewhere.block(110).header())));
    peer.heard.clear();
    Block block = elsewhere.mineWith(payment(1), payment(2));
    accept(block);
    time.runFor(1_000);
    assertThat(peer.count(CmpctBlock.class::isInstance)).isEqualTo(1);
    assertThat(peer.hears(MessageType.INV)).isFalse();
    peer.sayAndWait(new GetBlockTxn(block.hash(), List.of(0, 2)));
    assertThat(peer.heard)
        .contains(
            new BlockTxn(
                block.hash(), List.of(block.transactions().get(0), block.transactions().get(2))));
    peer.sayAndWait(new GetBlockTxn(block.hash(), List.of(3)));
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void oldBlocksAreGivenWhole() {
    ScriptedPeer peer = understandingPeer();
    Block near = elsewhere.block(110 - 5);
    Block far = elsewhere.block(110 - 6);
    peer.sayAndWait(new GetData(List.of(new InvItem(InvType.COMPACT_BLOCK, near.hash()))));
    assertThat(peer.count(CmpctBlock.class::isInstance)).isEqualTo(1);
    peer.sayAndWait(new GetData(List.of(new InvItem(InvType.COMPACT_BLOCK, far.hash()))));
    assertThat(peer.heard).contains(new BlockMessage(far));
    peer.heard.clear();
    peer.sayAndWait(new GetBlockTxn(elsewhere.block(100).hash(), List.of(0)));
    assertThat(peer.hears(MessageType.BLOCKTXN)).isTrue();
    peer.sayAndWait(new GetBlockTxn(elsewhere.block(99).hash(), List.of(0)));
    assertThat(peer.heard).contains(new BlockMessage(elsewhere.block(99)));
  }
}
