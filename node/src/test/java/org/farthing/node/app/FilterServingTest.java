package org.farthing.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.filter.BlockFilter;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.FilterHash;
import org.farthing.consensus.primitives.FilterHeader;
import org.farthing.node.simulation.SimulatedNetwork;
import org.farthing.node.simulation.VirtualTime;
import org.farthing.node.sync.BlockFilters;
import org.farthing.node.wire.CFCheckpt;
import org.farthing.node.wire.CFHeaders;
import org.farthing.node.wire.CFilter;
import org.farthing.node.wire.FilterRange;
import org.farthing.node.wire.GetCFCheckpt;
import org.farthing.node.wire.GetCFHeaders;
import org.farthing.node.wire.GetCFilters;
import org.farthing.node.wire.Message;
import org.farthing.testing.ChainBuilder;
import org.farthing.testing.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What light clients ask a node for that keeps filters of blocks (BIP-0157). */
class FilterServingTest {
  private static final int HEIGHT = 2003;

  private final ChainBuilder elsewhere = ChainBuilder.regtest();
  private final Made filters = new Made();
  private SimulatedNode node;
  private ScriptedPeer peer;

  /** Filters of the chain's blocks, which spend nothing. */
  private final class Made implements BlockFilters {
    private final Map<BlockHash, FilterHeader> headers = new HashMap<>();
    private int upTo = HEIGHT;

    void make() {
      FilterHeader last = FilterHeader.ZERO;
      for (Block block : elsewhere.blocks()) {
        last = last.next(of(block).hash());
        headers.put(block.hash(), last);
      }
    }

    private BlockFilter of(Block block) {
      return BlockFilter.of(block, new BlockUndo(List.of()));
    }

    @Override
    public Optional<BlockFilter> filter(HeaderNode block) {
      return block.height() > upTo
          ? Optional.empty()
          : Optional.of(of(elsewhere.block(block.height())));
    }

    @Override
    public Optional<FilterHash> hash(HeaderNode block) {
      return filter(block).map(BlockFilter::hash);
    }

    @Override
    public Optional<FilterHeader> header(HeaderNode block) {
      return filter(block).map(filter -> headers.get(block.hash()));
    }
  }

  @BeforeEach
  void aNodeWithManyBlocks() {
    elsewhere.mine(HEIGHT);
    filters.make();
    VirtualTime time = new VirtualTime(elsewhere.nowSeconds() * 1000);
    SimulatedNetwork network = new SimulatedNetwork(time, SimulatedNetwork.Settings.of(1));
    node = new SimulatedNode(time, network, 0, List.of());
    for (Block block : elsewhere.blocks()) {
      node.core.chain().acceptBlock(block, elsewhere.nowSeconds());
    }
    node.core.gossip().filterServer().offer(filters);
    peer = new ScriptedPeer(time, network).join(node);
  }

  @AfterEach
  void close() {
    node.close();
    elsewhere.close();
  }

  private BlockHash hash(int height) {
    return elsewhere.tip().ancestor(height).hash();
  }

  private FilterHeader header(int height) {
    return filters.headers.get(hash(height));
  }

  private FilterRange range(int from, int to) {
    return new FilterRange(FilterRange.BASIC, from, hash(to));
  }

  private List<Message> answers(Message question) {
    peer.heard.clear();
    peer.sayAndWait(question);
    return List.copyOf(peer.heard);
  }

  @Test
  void filtersComeOneForEachBlock() {
    List<Message> answers = answers(new GetCFilters(range(1, 1000)));
    assertThat(answers).hasSize(1000).hasOnlyElementsOfType(CFilter.class);
    for (int i = 0; i < answers.size(); i++) {
      BlockFilter filter = ((CFilter) answers.get(i)).filter();
      assertThat(filter).isEqualTo(filters.of(elsewhere.block(1 + i)));
    }
  }

  @Test
  void headersCanBeMadeFromTheHashes() {
    List<Message> answers = answers(new GetCFHeaders(range(4, 2003)));
    assertThat(answers).hasSize(1);
    CFHeaders found = (CFHeaders) answers.get(0);
    assertThat(found.previous()).isEqualTo(header(3));
    FilterHeader last = found.previous();
    for (FilterHash each : found.hashes()) {
      last = last.next(each);
    }
    assertThat(found.hashes()).hasSize(2000);
    assertThat(last).isEqualTo(header(2003));

    CFHeaders first = (CFHeaders) answers(new GetCFHeaders(range(0, 0))).get(0);
    assertThat(first.previous()).isEqualTo(FilterHeader.ZERO);
  }

  @Test
  void checkpointsAreThoseOfEveryThousandthBlock() {
    assertThat(answers(new GetCFCheckpt(FilterRange.BASIC, hash(2003))))
        .containsExactly(
            new CFCheckpt(FilterRange.BASIC, hash(2003), List.of(header(1000), header(2000))));
    assertThat(answers(new GetCFCheckpt(FilterRange.BASIC, hash(999))))
        .containsExactly(new CFCheckpt(FilterRange.BASIC, hash(999), List.of()));
  }

  @Test
  void whatIsNotMadeYetIsNotAnswered() {
    filters.upTo = 100;
    assertThat(answers(new GetCFilters(range(50, 101)))).isEmpty();
    assertThat(answers(new GetCFHeaders(range(50, 101)))).isEmpty();
    assertThat(answers(new GetCFCheckpt(FilterRange.BASIC, hash(1000)))).isEmpty();
    assertThat(answers(new GetCFilters(range(50, 100)))).hasSize(51);
    assertThat(peer.isClosed()).isFalse();
  }

  @Test
  void whoAsksForTooManyFiltersIsCutOff() {
    answers(new GetCFilters(range(1, 1001)));
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void whoAsksForTooManyHashesIsCutOff() {
    answers(new GetCFHeaders(range(1, 2001)));
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void whoAsksForAnEmptyRangeIsCutOff() {
    answers(new GetCFHeaders(range(8, 7)));
    assertThat(peer.isClosed()).isTrue();
  }

  @Test
  void whoAsksForAnUnknownBlockIsCutOff() {
    answers(new GetCFilters(new FilterRange(FilterRange.BASIC, 0, BlockHash.ZERO)));
    assertThat(peer.isClosed()).isTrue();
  }

  /** What is not on the active chain and was never connected may be an attempt to recognise us. */
  @Test
  void whoAsksForABlockThatWasNeverConnectedIsCutOff() {
    try (ChainBuilder branch = ChainBuilder.regtest()) {
      Block stale = branch.mine(1, TestKey.number(7).p2wpkh()).get(0);
      node.core.chain().acceptBlock(stale, elsewhere.nowSeconds());
      assertThat(node.core.chain().hasBlock(stale.hash())).isTrue();
      answers(new GetCFHeaders(new FilterRange(FilterRange.BASIC, 0, stale.hash())));
      assertThat(peer.isClosed()).isTrue();
    }
  }

  @Test
  void whoAsksForAnotherFilterIsCutOff() {
    answers(new GetCFCheckpt(1, hash(1000)));
    assertThat(peer.isClosed()).isTrue();
  }
}
