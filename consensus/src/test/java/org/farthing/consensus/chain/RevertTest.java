package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.testing.ChainBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Going back to a mark; {@link ChainModelTest} does it at random. */
class RevertTest {
  private final KeptLedger ledger = new KeptLedger(BlockTree.params());
  private ChainBuilder chain = ChainBuilder.on(BlockTree.params(), ledger.view());
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void build() {
    chain.mine(105);
    chain.chain().addListener(this::note);
  }

  @AfterEach
  void close() {
    chain.close();
    ledger.close();
  }

  private void note(ChainEvent event) {
    String what = event instanceof ChainEvent.Connected ? "+" : "-";
    events.add(what + event.node().height());
  }

  private HeaderNode node(Block block) {
    return chain.chain().headers().find(block.hash()).orElseThrow();
  }

  private Block payment() {
    Transaction tx = chain.spend(chain.coinbase(1), new TxOut(1_000, ChainBuilder.MINER.p2wpkh()));
    return chain.mineWith(tx);
  }

  /** All that the ledger holds, in an order of its own. */
  private Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    Ledger view = ledger.view();
    view.forEachHeader(
        stored -> {
          BlockKey key = new BlockKey(stored.height(), stored.header().hash());
          content.put("header " + key, stored.toString());
          view.blockBytes(key).ifPresent(body -> content.put("body " + key, Hex.encode(body)));
          view.undo(key).ifPresent(undo -> content.put("undo " + key, undo.toString()));
        });
    try (CoinScan scan = view.scanCoins()) {
      List<UnspentOutput> coins = scan.next();
      while (!coins.isEmpty()) {
        coins.forEach(each -> content.put("coin " + each.outPoint(), each.coin().toString()));
        coins = scan.next();
      }
    }
    content.put("tip", view.tip().orElseThrow().toString());
    content.put("size", Long.toString(view.blockBytes()));
    return content;
  }

  @Test
  void blocksSinceTheMarkAreDisconnectedAndForgotten() {
    Map<String, String> before = content();
    HeaderNode tip = chain.tip();
    ChainMark mark = chain.chain().mark();
    Block paying = payment();
    chain.mine(2);
    events.clear();
    chain.chain().revert(mark, () -> {});
    assertThat(events).containsExactly("-108", "-107", "-106");
    assertThat(chain.tip()).isSameAs(tip);
    assertThat(chain.chain().headers().find(paying.hash())).isEmpty();
    assertThat(chain.chain().snapshot().bestHeader()).isSameAs(tip);
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void aReorganisationBelowTheMarkIsTakenBack() {
    payment();
    Map<String, String> before = content();
    HeaderNode tip = chain.tip();
    ChainMark mark = chain.chain().mark();
    chain.fork(103, 5);
    assertThat(chain.tip().height()).isEqualTo(108);
    events.clear();
    chain.chain().revert(mark, () -> {});
    assertThat(events)
        .containsExactly("-108", "-107", "-106", "-105", "-104", "+104", "+105", "+106");
    assertThat(chain.tip()).isSameAs(tip);
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void aChainThatWasInvalidatedBelowTheMarkIsValidAgain() {
    Map<String, String> before = content();
    HeaderNode tip = chain.tip();
    ChainMark mark = chain.chain().mark();
    chain.chain().invalidate(tip.ancestor(90));
    chain.mine(3);
    chain.chain().revert(mark, () -> {});
    assertThat(chain.tip()).isSameAs(tip);
    assertThat(chain.chain().isInvalid(tip.hash())).isFalse();
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void aBodyThatCameAfterTheMarkIsForgottenAndItsHeaderIsNot() {
    Block other = chain.draft(chain.tip().ancestor(100).hash()).build();
    chain.chain().acceptHeader(other.header(), other.header().timeSeconds());
    Map<String, String> before = content();
    ChainMark mark = chain.chain().mark();
    chain.add(other);
    chain.chain().invalidate(chain.tip().ancestor(101));
    assertThat(chain.tip().hash()).isEqualTo(other.hash());
    chain.chain().revert(mark, () -> {});
    assertThat(chain.chain().hasBlock(other.hash())).isFalse();
    assertThat(node(other)).isNotNull();
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void marksNestAndStay() {
    ChainMark outer = chain.chain().mark();
    BlockHash first = chain.tip().hash();
    chain.mine(2);
    ChainMark inner = chain.chain().mark();
    BlockHash second = chain.tip().hash();
    for (int round = 0; round < 2; round++) {
      chain.fork(100, 9);
      chain.chain().revert(inner, () -> {});
      assertThat(chain.tip().hash()).isEqualTo(second);
    }
    for (int round = 0; round < 2; round++) {
      chain.mine(3);
      chain.chain().revert(outer, () -> {});
      assertThat(chain.tip().hash()).isEqualTo(first);
    }
    assertThatThrownBy(() -> chain.chain().revert(inner, () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(chain.tip().hash()).isEqualTo(first);
    chain.chain().endMark(outer);
    assertThatThrownBy(() -> chain.chain().revert(outer, () -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSameBlocksCanComeAgain() {
    ChainMark mark = chain.chain().mark();
    List<Block> blocks = chain.mine(3);
    chain.chain().revert(mark, () -> {});
    blocks.forEach(chain::add);
    assertThat(chain.tip().hash()).isEqualTo(blocks.get(2).hash());
    Coins.assertConsistent(chain.chain(), blocks);
  }

  @Test
  void whoStillHoldsAForgottenHeaderLearnsThatNothingIsKnownOfIt() {
    ChainMark mark = chain.chain().mark();
    chain.mine(1);
    ChainSnapshot reader = chain.chain().snapshot();
    chain.chain().revert(mark, () -> {});
    assertThat(reader.chain().status(reader.tip())).isEqualTo(BlockStatus.HEADER_ONLY);
    assertThat(reader.chain().block(reader.tip().hash())).isEmpty();
  }

  @Test
  void whatWasPrunedSinceStaysPruned() {
    ChainMark mark = chain.chain().mark();
    HeaderNode tip = chain.tip();
    chain.mine(300);
    chain.chain().pruner(Runnable::run).pruneTo(50);
    chain.chain().revert(mark, () -> {});
    assertThat(chain.tip()).isSameAs(tip);
    assertThat(chain.chain().headers().status(tip.ancestor(50)).isPruned()).isTrue();
    assertThat(chain.chain().hasBlock(tip.ancestor(51).hash())).isTrue();
  }

  @Test
  void theLedgerOpensWhereTheMarkWas() {
    ChainMark mark = chain.chain().mark();
    BlockHash tip = chain.tip().hash();
    payment();
    chain.fork(101, 12);
    chain.chain().revert(mark, () -> {});
    chain.close();
    chain = ChainBuilder.on(BlockTree.params(), ledger.view());
    assertThat(chain.tip().hash()).isEqualTo(tip);
    assertThat(chain.chain().headers().size()).isEqualTo(106);
    assertThat(chain.chain().verify(4, 0).problem()).isEmpty();
  }
}
