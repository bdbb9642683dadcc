package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.config.ChainConfig.Pruning;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.GetBlocks;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.Inv;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.Services;
import org.farthing.node.wire.Version;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What light clients live on: they learn of blocks by {@code getblocks}, 500 at a time. */
class BlockServingTest {
  private static final int HEIGHT = 503;
  private static final int ONE_ANSWER = 500;

  private final ChainBuilder elsewhere = ChainBuilder.regtest();
  private VirtualTime time;
  private SimulatedNode node;
  private SimulatedNetwork network;
  private ScriptedPeer peer;

  @BeforeEach
  void aNodeWithManyBlocks() {
    elsewhere.mine(HEIGHT);
    time = new VirtualTime(elsewhere.nowSeconds() * 1000);
    network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1));
    node = new SimulatedNode(time, network, 0, List.of());
    for (Block block : elsewhere.blocks()) {
      node.core.chain().acceptBlock(block, elsewhere.nowSeconds());
    }
    assertThat(node.height()).isEqualTo(HEIGHT);
    peer = new ScriptedPeer(time, network).join(node);
    peer.heard.clear();
  }

  @AfterEach
  void close() {
    node.close();
    elsewhere.close();
  }

  private BlockHash hash(int height) {
    return elsewhere.tip().ancestor(height).hash();
  }

  private static InvItem item(BlockHash hash) {
    return new InvItem(InvType.BLOCK, hash);
  }

  private Inv hashes(int from, int to) {
    return new Inv(IntStream.rangeClosed(from, to).mapToObj(i -> item(hash(i))).toList());
  }

  private List<Message> answers(Message question) {
    peer.heard.clear();
    peer.sayAndWait(question);
    return List.copyOf(peer.heard);
  }

  private List<Message> getBlocks(int from, BlockHash stop) {
    return answers(new GetBlocks(Version.PROTOCOL, List.of(hash(from)), stop));
  }

  private List<Message> fetch(int height) {
    return answers(new GetData(List.of(item(hash(height)))));
  }

  @Test
  void whoFetchesTheLastOfALongListIsToldThatThereIsMore() {
    assertThat(getBlocks(0, BlockHash.ZERO)).containsExactly(hashes(1, ONE_ANSWER));
    assertThat(fetch(ONE_ANSWER - 1)).hasOnlyElementsOfType(BlockMessage.class);
    List<Message> answers = fetch(ONE_ANSWER);
    assertThat(answers).hasSize(2).endsWith(new Inv(List.of(item(hash(HEIGHT)))));
    assertThat(answers.get(0)).isInstanceOf(BlockMessage.class);
    assertThat(fetch(ONE_ANSWER)).as("once").hasOnlyElementsOfType(BlockMessage.class);
    assertThat(getBlocks(ONE_ANSWER, BlockHash.ZERO))
        .containsExactly(hashes(ONE_ANSWER + 1, HEIGHT));
    assertThat(fetch(HEIGHT)).hasOnlyElementsOfType(BlockMessage.class);
  }

  /** BIP-0159: what is deeper than it must be is not given away, whether it is there or not. */
  @Test
  void aNodeThatPrunesOffersItsLastBlocksOnly() {
    node.close();
    SimulatedNetwork network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(2));
    Pruning byHand = new Pruning(Pruning.Mode.BY_RPC, 0, false);
    node = new SimulatedNode(time, network, 1, List.of(), byHand);
    for (Block block : elsewhere.blocks()) {
      node.core.chain().acceptBlock(block, elsewhere.nowSeconds());
    }
    peer = new ScriptedPeer(time, network).join(node);
    assertThat(node.core.services() & Services.NETWORK).isZero();
    assertThat(node.core.services() & Services.NETWORK_LIMITED).isNotZero();
    assertThat(fetch(HEIGHT - 290)).hasOnlyElementsOfType(BlockMessage.class);
    node.core.pruning().pruneTo(HEIGHT);
    assertThat(fetch(HEIGHT - 287)).hasOnlyElementsOfType(BlockMessage.class);
    assertThat(fetch(HEIGHT - 289)).as("nothing is said of what was pruned").isEmpty();
    assertThat(peer.isClosed()).isFalse();
    fetch(HEIGHT - 291);
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void theListEndsBeforeItsStop() {
    assertThat(getBlocks(0, hash(5))).containsExactly(hashes(1, 4));
    assertThat(getBlocks(4, hash(5))).isEmpty();
    assertThat(getBlocks(HEIGHT, BlockHash.ZERO)).isEmpty();
  }

  @Test
  void manyPeersMayNotHaveTooMuchWaitingTogether() {
    List<InvItem> items = Collections.nCopies(InvItem.MAX_ITEMS, item(hash(1)));
    List<ScriptedPeer> greedy = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      greedy.add(new ScriptedPeer(time, network).join(node));
    }
    // All of them ask before any of them reads.
    greedy.forEach(each -> each.say(new GetData(items)));
    time.runFor(2_000);
    assertThat(greedy.stream().filter(ScriptedPeer::isClosed)).isNotEmpty();
    assertThat(peer.isClosed()).isFalse();
    assertThat(fetch(1)).singleElement().isInstanceOf(BlockMessage.class);
  }
}
