package org.farthing.node.light;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.wire.GetData;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.Message;

/**
 * Fetches blocks. A block is held against its header before it is given to anybody: merkle root,
 * witness commitment, and all rules that need no coins.
 */
final class BlockTalk {
  private final ChainState chain;
  private final Sources sources;
  private final Questions<HeaderNode, Block> questions;

  BlockTalk(ChainState chain, Sources sources, Patience patience) {
    this.chain = chain;
    this.sources = sources;
    this.questions = new Questions<>(sources, new Blocks(), patience);
  }

  private static final class Blocks implements Questions.Subject<HeaderNode> {
    @Override
    public boolean suits(Source source, HeaderNode key) {
      return source.hasBlocks() && source.has(key);
    }

    @Override
    public Message question(HeaderNode key) {
      return new GetData(List.of(new InvItem(InvType.WITNESS_BLOCK, key.hash())));
    }

    @Override
    public String name(HeaderNode key) {
      return "block " + key;
    }
  }

  CompletableFuture<Block> ask(HeaderNode node, long nowMillis) {
    return questions.ask(node, nowMillis);
  }

  void block(Source source, Block block, long nowMillis) {
    Optional<HeaderNode> node = chain.headers().find(block.hash());
    if (node.isEmpty() || !questions.isAsked(source, node.get())) {
      return;
    }
    if (chain.checkBody(block) instanceof Verdict.Rejected rejected) {
      sources.expose(
          source, "sent a false block in the place of " + node.get() + " (" + rejected + ")");
      questions.refused(source, node.get(), nowMillis);
    } else {
      questions.answered(node.get(), block);
    }
  }

  void notFound(Source source, List<InvItem> items, long nowMillis) {
    for (HeaderNode asked : questions.keys()) {
      if (items.stream().anyMatch(item -> item.hash().equals(asked.hash()))) {
        questions.refused(source, asked, nowMillis);
      }
    }
  }

  void left(Source source, long nowMillis) {
    questions.left(source, nowMillis);
  }

  void tick(long nowMillis) {
    questions.tick(nowMillis);
  }
}
