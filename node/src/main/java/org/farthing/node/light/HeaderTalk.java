package org.farthing.node.light;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderBatch;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.sync.HeaderPresync;
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
 * checked where the headers go into the tree. A branch with clearly less work than the best one is
 * not remembered; where a peer may have more of it, it is weighed first ({@link HeaderPresync}), so
 * that nobody fills the disk with headers that cost nothing.
 */
final class HeaderTalk {
  private final ChainState chain;
  private final Sources sources;
  private final Random random;
  private final long answerMillis;
  private final Map<Source, Long> askedAtMillis = new HashMap<>();

  /** Those whose branches are being weighed. */
  private final Map<Source, HeaderPresync> weighed = new HashMap<>();

  HeaderTalk(ChainState chain, Sources sources, Random random, long answerMillis) {
    this.chain = chain;
    this.sources = sources;
    this.random = random;
    this.answerMillis = answerMillis;
  }

  void ready(Source source, long nowMillis) {
    sources.send(source, new SendHeaders());
    ask(source, nowMillis);
  }

  void left(Source source) {
    askedAtMillis.remove(source);
    weighed.remove(source);
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
    ask(source, Locator.of(from), nowMillis);
  }

  private void ask(Source source, List<BlockHash> locator, long nowMillis) {
    source.caughtUp(false);
    askedAtMillis.put(source, nowMillis);
    sources.send(source, new GetHeaders(Version.PROTOCOL, locator, BlockHash.ZERO));
  }

  void headers(Source source, List<BlockHeader> headers, long nowMillis) {
    if (headers.isEmpty()) {
      weighed.remove(source);
      answered(source);
      return;
    }
    Optional<String> breach = HeaderPresync.breach(headers, chain.params());
    if (breach.isPresent()) {
      sources.expose(source, "sent headers that are none (" + breach.get() + ")");
      return;
    }
    boolean full = headers.size() >= Headers.MAX_HEADERS;
    HeaderPresync weighing = weighed.get(source);
    if (weighing != null && weighing.continuesAfter(headers.get(0).previous())) {
      weigh(source, weighing, headers, full, nowMillis);
    } else {
      learn(source, headers, full, nowMillis);
    }
  }

  private void learn(Source source, List<BlockHeader> headers, boolean full, long nowMillis) {
    Optional<HeaderNode> start = chain.headers().find(headers.get(0).previous());
    if (start.isEmpty()) {
      // It announced more than one new block, and begins in the middle.
      if (!askedAtMillis.containsKey(source)) {
        ask(source, nowMillis);
      }
      return;
    }
    BigInteger least = chain.headerWorkThreshold(chain.snapshot().bestHeader());
    if (isKnown(headers) || HeaderPresync.work(start.get(), headers).compareTo(least) >= 0) {
      take(source, headers, full, nowMillis);
    } else if (full) {
      long nowSeconds = Math.floorDiv(nowMillis, 1000L);
      HeaderPresync weighing =
          new HeaderPresync(chain.params(), start.get(), least, random, nowSeconds);
      weighed.put(source, weighing);
      weigh(source, weighing, headers, true, nowMillis);
    } else {
      answered(source);
    }
  }

  private boolean isKnown(List<BlockHeader> headers) {
    return chain.headers().find(headers.get(headers.size() - 1).hash()).isPresent();
  }

  /** Its branch is worth nothing so far: it is looked at, and remembered when it is worth it. */
  private void weigh(
      Source source,
      HeaderPresync weighing,
      List<BlockHeader> headers,
      boolean full,
      long nowMillis) {
    HeaderPresync.Step step = weighing.next(headers, full);
    boolean isOver = weighing.phase() == HeaderPresync.Phase.OVER;
    if (isOver) {
      weighed.remove(source);
    }
    if (!step.ready().isEmpty()) {
      take(source, step.ready(), full && isOver, nowMillis);
    }
    if (source.peer().isGone()) {
      return;
    }
    if (step.wantsMore()) {
      ask(source, weighing.locator(), nowMillis);
    } else if (step.ready().isEmpty()) {
      answered(source);
    }
  }

  private void take(Source source, List<BlockHeader> headers, boolean full, long nowMillis) {
    HeaderBatch batch = chain.acceptHeaders(headers, Math.floorDiv(nowMillis, 1000L));
    if (batch.accepted() > 0) {
      BlockHash last = headers.get(batch.accepted() - 1).hash();
      source.showed(chain.headers().find(last).orElseThrow());
    }
    if (batch.verdict() instanceof Verdict.Rejected rejected
        && rejected.reason() != RejectReason.TIME_TOO_NEW) {
      sources.expose(source, "sent a header that breaks a rule (" + rejected + ")");
    } else if (full && batch.verdict().isAccepted()) {
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
