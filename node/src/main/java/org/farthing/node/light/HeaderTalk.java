package org.farthing.node.light;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderBatch;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.sync.Locator;
import org.farthing.node.wire.GetHeaders;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.SendHeaders;
import org.farthing.node.wire.Version;

/**
 * Learns the headers of all peers. Each is asked for what it has beyond ours, beginning one block
 * earlier, so that one that has the same shows it. Proof of work and all rules of headers are
 * checked where the headers go into the tree.
 */
final class HeaderTalk {
  private final ChainState chain;
  private final Sources sources;
  private final long answerMillis;
  private final Map<Source, Long> askedAtMillis = new HashMap<>();

  HeaderTalk(ChainState chain, Sources sources, long answerMillis) {
    this.chain = chain;
    this.sources = sources;
    this.answerMillis = answerMillis;
  }

  void ready(Source source, long nowMillis) {
    sources.send(source, new SendHeaders());
    ask(source, nowMillis);
  }

  void left(Source source) {
    askedAtMillis.remove(source);
  }

  /** It has named blocks by their hashes. */
  void announced(Source source, List<InvItem> items, long nowMillis) {
    boolean isNew = false;
    for (InvItem item : items) {
      if (item.type() == InvType.BLOCK && item.hash() instanceof BlockHash hash) {
        Optional<HeaderNode> known = chain.headers().find(hash);
        known.ifPresent(source::showed);
        isNew |= known.isEmpty();
      }
    }
    if (isNew) {
      ask(source, nowMillis);
    }
  }

  private void ask(Source source, long nowMillis) {
    HeaderNode best = chain.snapshot().bestHeader();
    ask(source, best.height() > 0 ? best.parent() : best, nowMillis);
  }

  private void ask(Source source, HeaderNode from, long nowMillis) {
    source.caughtUp(false);
    askedAtMillis.put(source, nowMillis);
    sources.send(source, new GetHeaders(Version.PROTOCOL, Locator.of(from), BlockHash.ZERO));
  }

  void headers(Source source, List<BlockHeader> headers, long nowMillis) {
    if (headers.isEmpty()) {
      answered(source);
      return;
    }
    if (chain.headers().find(headers.get(0).previous()).isEmpty()) {
      // It announced more than one new block, and begins in the middle.
      if (!askedAtMillis.containsKey(source)) {
        ask(source, nowMillis);
      }
      return;
    }
    HeaderBatch batch = chain.acceptHeaders(headers, Math.floorDiv(nowMillis, 1000L));
    if (batch.accepted() > 0) {
      BlockHash last = headers.get(batch.accepted() - 1).hash();
      source.showed(chain.headers().find(last).orElseThrow());
    }
    if (batch.verdict() instanceof Verdict.Rejected rejected
        && rejected.reason() != RejectReason.TIME_TOO_NEW) {
      sources.expose(source, "sent a header that breaks a rule (" + rejected + ")");
    } else if (headers.size() >= Headers.MAX_HEADERS && batch.verdict().isAccepted()) {
      ask(
          source,
          chain.headers().find(headers.get(headers.size() - 1).hash()).orElseThrow(),
          nowMillis);
    } else {
      answered(source);
    }
  }

  private void answered(Source source) {
    askedAtMillis.remove(source);
    source.caughtUp(true);
  }

  /** Drops who does not answer. */
  void tick(long nowMillis) {
    for (Map.Entry<Source, Long> asked : Map.copyOf(askedAtMillis).entrySet()) {
      if (nowMillis - asked.getValue() > answerMillis) {
        askedAtMillis.remove(asked.getKey());
        sources.expose(asked.getKey(), "is silent: it gave no headers");
      }
    }
  }
}
