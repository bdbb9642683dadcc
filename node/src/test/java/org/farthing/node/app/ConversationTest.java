package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.wire.Addr;
import org.farthing.node.wire.AddrV2;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.GetAddr;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NotFound;
import org.farthing.node.wire.Ping;
import org.farthing.node.wire.SendHeaders;
import org.farthing.node.wire.TimedAddress;
import org.farthing.node.wire.TxMessage;
import org.farthing.node.wire.Verack;
import org.farthing.node.wire.Version;
import org.farthing.node.wire.WtxidRelay;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node says and does to peers that behave well, badly, slowly or not at all. */
class ConversationTest {
  private final ChainBuilder elsewhere = ChainBuilder.regtest();
  private VirtualTime time;
  private SimulatedNetwork network;
  private SimulatedNode node;

  @BeforeEach
  void start() {
    elsewhere.mine(120);
    time = new VirtualTime(elsewhere.nowSeconds() * 1000);
    network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1));
    node = new SimulatedNode(time, network, 0, List.of());
    time.runFor(100);
  }

  @AfterEach
  void close() {
    node.close();
    elsewhere.close();
  }

  private ScriptedPeer peer() {
    return new ScriptedPeer(time, network);
  }

  private ScriptedPeer joined() {
    return peer().join(node);
  }

  private static Headers headersOf(List<Block> blocks) {
    return new Headers(blocks.stream().map(Block::header).toList());
  }

  /** Hands the peer's node all blocks as a well-behaved peer would. */
  private void serve(ScriptedPeer peer, List<Block> blocks) {
    peer.sayAndWait(headersOf(blocks));
    blocks.forEach(block -> peer.say(new BlockMessage(block)));
    time.runUntil(() -> node.height() == blocks.size(), 60_000);
  }

  @Test
  void afterTheHandshakeAPingComesFirst() {
    ScriptedPeer peer = joined();
    List<MessageType> types = peer.heard.stream().map(message -> message.type()).toList();
    assertThat(types)
        .startsWith(
            MessageType.VERSION,
            MessageType.WTXIDRELAY,
            MessageType.SENDADDRV2,
            MessageType.VERACK,
            MessageType.PING)
        .contains(MessageType.SENDCMPCT)
        .doesNotContain(MessageType.SENDHEADERS);
  }

  @Test
  void nothingIsSaidToWhoHasNotSaidItsVersion() {
    ScriptedPeer peer = peer().connect(node);
    peer.sayAndWait(new Verack(), new GetAddr());
    assertThat(peer.heard).isEmpty();
    time.runFor(61_000);
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void featuresAfterTheVerackEndTheConversation() {
    ScriptedPeer peer = joined();
    peer.sayAndWait(new WtxidRelay());
    assertThat(peer.closedBecause).isNotNull();
  }

  @Test
  void anObsoleteVersionIsRefused() {
    ScriptedPeer peer = peer().connect(node);
    peer.sayAndWait(ScriptedPeer.version(Version.MIN_PROTOCOL - 1, 5));
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void headersComeFirstThenBlocksInAnyOrder() {
    ScriptedPeer peer = joined();
    List<Block> blocks = elsewhere.blocks().subList(0, 14);
    peer.sayAndWait(headersOf(blocks));
    assertThat(peer.askedFor())
        .extracting(InvItem::hash)
        .containsExactlyElementsOf(blocks.stream().map(Block::hash).toList());
    List<Block> shuffled = new ArrayList<>(blocks);
    Collections.reverse(shuffled);
    shuffled.forEach(block -> peer.say(new BlockMessage(block)));
    time.runFor(1_000);
    assertThat(node.height()).isEqualTo(14);
  }

  @Test
  void headersThatDoNotFollowOneAnotherCostTheConnectionAndLeaveNoTrace() {
    ScriptedPeer peer = joined();
    List<Block> blocks = new ArrayList<>(elsewhere.blocks().subList(0, 3));
    blocks.remove(1);
    peer.sayAndWait(headersOf(blocks));
    assertThat(peer.isClosed()).isTrue();
    assertThat(node.chain().bestHeader().height()).isZero();
  }

  @Test
  void aHeaderThatBreaksARuleCostsTheConnection() {
    ScriptedPeer peer = joined();
    BlockHeader good = elsewhere.block(1).header();
    BlockHeader bad =
        new BlockHeader(
            good.version(), good.previous(), MerkleRoot.ZERO, good.timeSeconds(), 0x1d00ffff, 0);
    peer.sayAndWait(new Headers(List.of(bad)));
    assertThat(peer.isClosed()).isTrue();
    assertThat(node.height()).isZero();
  }

  @Test
  void headersThatDoNotFollowEachOtherCostTheConnection() {
    ScriptedPeer peer = joined();
    peer.sayAndWait(headersOf(List.of(elsewhere.block(1), elsewhere.block(2), elsewhere.block(5))));
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void headersThatDoNotConnectAreAskedAboutOnceInTwoMinutes() {
    ScriptedPeer peer = joined();
    peer.sayAndWait(new Headers(List.of()));
    long before = peer.count(GetHeaders.class::isInstance);
    for (int i = 0; i < 10; i++) {
      peer.sayAndWait(headersOf(List.of(elsewhere.block(7))));
    }
    assertThat(peer.count(GetHeaders.class::isInstance)).isEqualTo(before + 1);
    time.runFor(120_000);
    peer.sayAndWait(headersOf(List.of(elsewhere.block(7))));
    assertThat(peer.count(GetHeaders.class::isInstance)).isEqualTo(before + 2);
    assertThat(peer.isClosed()).isFalse();
  }

  @Test
  void aBlockThatBreaksARuleCostsTheConnectionAndNothingElse() {
    ScriptedPeer bad = joined();
    ScriptedPeer good = joined();
    Block first = elsewhere.block(1);
    Transaction coinbase = first.transactions().get(0);
    Transaction greedy =
        new Transaction(
            coinbase.version(),
            coinbase.inputs(),
            List.of(new TxOut(51 * Amount.COIN, coinbase.outputs().get(0).scriptPubKey())),
            coinbase.lockTime());
    Block greedyBlock = new Block(first.header(), List.of(greedy));
    bad.sayAndWait(headersOf(List.of(first)));
    bad.sayAndWait(new BlockMessage(greedyBlock));
    assertThat(bad.isClosed()).as("the body does not belong to the header").isTrue();
    good.sayAndWait(headersOf(List.of(first)));
    good.sayAndWait(new BlockMessage(first));
    assertThat(node.height()).isEqualTo(1);
    assertThat(good.isClosed()).isFalse();
  }

  @Test
  void whatASilentPeerOwesIsFetchedFromAnother() {
    ScriptedPeer silent = joined();
    List<Block> blocks = elsewhere.blocks().subList(0, 5);
    silent.sayAndWait(headersOf(blocks));
    assertThat(silent.askedFor()).hasSize(5);
    ScriptedPeer diligent = joined();
    diligent.sayAndWait(headersOf(blocks));
    assertThat(diligent.askedFor()).isEmpty();
    // The intended time between blocks of this network.
    time.runUntil(silent::isClosed, 650_000);
    time.runFor(1_000);
    assertThat(diligent.askedFor()).hasSize(5);
  }

  @Test
  void blocksAreServedByHashAndOnlyMissingTransactionsAreNamed() {
    ScriptedPeer peer = joined();
    serve(peer, elsewhere.blocks().subList(0, 3));
    ScriptedPeer reader = joined();
    InvItem known = new InvItem(InvType.WITNESS_BLOCK, elsewhere.block(2).hash());
    InvItem unknown = new InvItem(InvType.WITNESS_BLOCK, elsewhere.block(9).hash());
    InvItem nobodys = new InvItem(InvType.WTX, Wtxid.of(new byte[Wtxid.SIZE]));
    reader.sayAndWait(new GetData(List.of(known, unknown, nobodys)));
    assertThat(reader.heard).contains(new NotFound(List.of(nobodys)));
    assertThat(
            reader.count(
                message ->
                    message instanceof BlockMessage sent
                        && sent.block().hash().equals(known.hash())))
        .isEqualTo(1);
    reader.sayAndWait(
        new GetHeaders(Version.PROTOCOL, List.of(elsewhere.block(1).hash()), BlockHash.ZERO));
    assertThat(reader.heard).contains(headersOf(List.of(elsewhere.block(2), elsewhere.block(3))));
  }

  @Test
  void aNewTipIsAnnouncedByHeaderToWhoAskedForThatElseByHash() {
    ScriptedPeer source = joined();
    serve(source, elsewhere.blocks().subList(0, 3));
    ScriptedPeer byHeader = joined();
    ScriptedPeer byHash = joined();
    byHeader.sayAndWait(
        new SendHeaders(),
        new GetHeaders(Version.PROTOCOL, List.of(elsewhere.block(1).hash()), BlockHash.ZERO));
    source.sayAndWait(headersOf(List.of(elsewhere.block(4))));
    source.sayAndWait(new BlockMessage(elsewhere.block(4)));
    assertThat(byHeader.heard).contains(headersOf(List.of(elsewhere.block(4))));
    assertThat(byHash.heard)
        .contains(new Inv(List.of(new InvItem(InvType.BLOCK, elsewhere.block(4).hash()))));
  }

  @Test
  void aTransactionIsAskedForByWtxidTakenAndPassedOnOnce() {
    ScriptedPeer giver = joined();
    serve(giver, elsewhere.blocks());
    ScriptedPeer other = joined();
    Transaction payment =
        elsewhere.spend(elsewhere.coinbase(1), TestKey.number(5).p2wpkh(), 49 * Amount.COIN);
    InvItem item = new InvItem(InvType.WTX, payment.wtxid());
    giver.say(new Inv(List.of(item)));
    other.say(new Inv(List.of(item)));
    time.runUntil(() -> giver.askedFor().contains(item), 10_000);
    giver.sayAndWait(new TxMessage(payment));
    assertThat(node.core.mempool().contains(payment.txid())).isTrue();
    ScriptedPeer third = joined();
    time.runFor(60_000);
    assertThat(other.askedFor()).doesNotContain(item);
    assertThat(other.heard)
        .as("it announced the transaction itself")
        .doesNotContain(new Inv(List.of(item)));
    assertThat(third.isClosed()).isFalse();
  }

  @Test
  void anOrphanWaitsForItsParent() {
    ScriptedPeer giver = joined();
    serve(giver, elsewhere.blocks());
    TestKey key = TestKey.number(5);
    Transaction parent = elsewhere.spend(elsewhere.coinbase(1), key.p2wpkh(), 49 * Amount.COIN);
    Transaction child =
        ChainBuilder.spend(
            key,
            parent.outPoint(0),
            parent.outputs().get(0),
            new TxOut(48 * Amount.COIN, key.p2wpkh()));
    giver.sayAndWait(new TxMessage(child));
    time.runFor(5_000);
    assertThat(giver.askedFor()).contains(new InvItem(InvType.WITNESS_TX, parent.txid()));
    giver.sayAndWait(new TxMessage(parent));
    assertThat(node.core.mempool().contains(parent.txid())).isTrue();
    assertThat(node.core.mempool().contains(child.txid())).isTrue();
  }

  @Test
  void aRefusedTransactionIsNotAskedForAgainUntilTheTipChanges() {
    ScriptedPeer peer = joined();
    serve(peer, elsewhere.blocks().subList(0, 118));
    Transaction early =
        elsewhere.spend(elsewhere.coinbase(20), TestKey.number(5).p2wpkh(), 49 * Amount.COIN);
    InvItem item = new InvItem(InvType.WTX, early.wtxid());
    peer.sayAndWait(new TxMessage(early));
    assertThat(node.core.mempool().contains(early.txid())).as("not mature").isFalse();
    peer.sayAndWait(new Inv(List.of(item)));
    time.runFor(10_000);
    assertThat(peer.askedFor()).doesNotContain(item);
    peer.sayAndWait(headersOf(List.of(elsewhere.block(119))));
    peer.sayAndWait(new BlockMessage(elsewhere.block(119)));
    peer.say(new Inv(List.of(item)));
    time.runFor(10_000);
    assertThat(peer.askedFor()).contains(item);
  }

  @Test
  void aTransactionThatSpendsNothingKnownIsNotPassedOn() {
    ScriptedPeer peer = joined();
    serve(peer, elsewhere.blocks());
    byte[] nowhere = new byte[32];
    Arrays.fill(nowhere, (byte) 7);
    Transaction orphan =
        new Transaction(
            2,
            List.of(new TxIn(new OutPoint(Txid.of(nowhere), 0), Script.EMPTY, -1)),
            List.of(new TxOut(1_000, TestKey.number(5).p2wpkh())),
            0);
    ScriptedPeer other = joined();
    peer.sayAndWait(new TxMessage(orphan));
    time.runFor(60_000);
    assertThat(other.hears(MessageType.INV)).isFalse();
    assertThat(peer.isClosed()).isFalse();
  }

  @Test
  void freshAddressesArePassedOnAndQuestionsAnsweredOnce() throws Exception {
    ScriptedPeer teller = joined();
    ScriptedPeer listener = joined();
    ScriptedPeer silent = joined();
    listener.sayAndWait(new GetAddr());
    listener.heard.clear();
    TimedAddress told =
        new TimedAddress(time.nowSeconds(), 9, NetAddress.parse("8.8.4.4:28760", 0));
    teller.sayAndWait(new AddrV2(List.of(told)));
    // It waits for others half a minute on average.
    time.runFor(20 * 60_000);
    assertThat(listener.hears(MessageType.ADDR)).isTrue();
    assertThat(silent.hears(MessageType.ADDR)).as("it has never said anything of any").isFalse();
    ScriptedPeer asking = joined();
    asking.sayAndWait(new GetAddr());
    asking.sayAndWait(new GetAddr());
    assertThat(
            asking.count(
                message ->
                    message instanceof Addr addr
                        && addr.addresses().stream()
                            .anyMatch(one -> one.address().equals(told.address()))))
        .isEqualTo(1);
  }

  @Test
  void whoOffersNoBlocksIsNotAskedForAny() {
    ScriptedPeer light = peer().connect(node);
    light.sayAndWait(ScriptedPeer.version(Version.PROTOCOL, 7, 0), new Verack());
    time.runFor(120_000);
    assertThat(light.hears(MessageType.PING)).isTrue();
    assertThat(light.hears(MessageType.GETHEADERS)).isFalse();
    assertThat(light.isClosed()).isFalse();
  }

  @Test
  void aChainWhoseBlocksAreKeptBackStopsTheMinerOnlyForAWhile() {
    ScriptedPeer peer = joined();
    serve(peer, elsewhere.blocks().subList(0, 3));
    node.mine(10);
    time.runUntil(() -> node.height() > 3, 60_000);
    List<Block> better = elsewhere.fork(3, 200);
    peer.sayAndWait(headersOf(better));
    int height = node.height();
    time.runFor(20_000);
    assertThat(node.height()).as("it waits for the better chain").isEqualTo(height);
    time.runFor(60_000);
    assertThat(node.height()).as("in vain").isGreaterThan(height);
  }

  @Test
  void whoAnswersPingsStays() {
    ScriptedPeer peer = joined();
    time.runFor(30 * 60_000);
    assertThat(peer.isClosed()).isFalse();
    assertThat(peer.count(Ping.class::isInstance)).isGreaterThan(10);
  }
}
