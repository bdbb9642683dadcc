package org.farthing.node.sync;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderBatch;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of peers' headers into the tree, once their chain is known to be worth it. Says in the
 * log how far the headers have come, and who showed which new one first.
 */
final class HeaderIntake {
  private static final Logger LOG = LoggerFactory.getLogger(HeaderIntake.class);

  private final ChainState chain;
  private final Outbox outbox;
  private final InitialDownload initialDownload;
  private BiConsumer<Peer, HeaderNode> onNew = (peer, last) -> {};
  private HeaderNode lastBest;

  HeaderIntake(ChainState chain, Outbox outbox, InitialDownload initialDownload) {
    this.chain = chain;
    this.outbox = outbox;
    this.initialDownload = initialDownload;
    lastBest = chain.snapshot().bestHeader();
  }

  /** Called with the last header of a message if it is new and fits, and with who sent it. */
  void onNew(BiConsumer<Peer, HeaderNode> listener) {
    onNew = listener;
  }

  /**
   * What became of headers.
   *
   * @param last the last one that is in the tree now
   * @param isNew the last one that came was not there before, whether it is now or not
   */
  record Taken(HeaderNode last, boolean isNew) {}

  /** Takes the headers in turn; empty where none of them is in the tree now. */
  Optional<Taken> accept(Peer peer, List<BlockHeader> headers, long nowMillis) {
    long nowSeconds = Math.floorDiv(nowMillis, 1000L);
    boolean isNew = chain.headers().find(headers.get(headers.size() - 1).hash()).isEmpty();
    HeaderBatch batch = chain.acceptHeaders(headers, nowSeconds);
    if (batch.verdict() instanceof Verdict.Rejected rejected) {
      LOG.debug("AcceptBlockHeader: {}, {}", headers.get(batch.accepted()).hash(), rejected);
      if (Blame.fallsOn(peer, rejected.reason())) {
        outbox.punish(peer, "invalid header received: " + rejected);
      }
    }
    if (batch.accepted() == 0) {
      return Optional.empty();
    }
    HeaderNode last = chain.headers().find(headers.get(batch.accepted() - 1).hash()).orElseThrow();
    report(last, nowSeconds);
    if (isNew && batch.verdict().isAccepted()) {
      sawNew(last, peer);
      onNew.accept(peer, last);
    }
    return Optional.of(new Taken(last, isNew));
  }

  private void report(HeaderNode last, long nowSeconds) {
    HeaderNode best = chain.snapshot().bestHeader();
    if (best != lastBest && initialDownload.isRunning()) {
      LOG.info(
          "Synchronizing blockheaders, {}",
          progress(
              last.height(),
              last.header().timeSeconds(),
              nowSeconds,
              chain.params().difficulty().spacingSeconds()));
    }
    lastBest = best;
  }

  /** How far headers have come if blocks have come as often as intended since the last of them. */
  static String progress(int height, long timeSeconds, long nowSeconds, int spacingSeconds) {
    long left = Math.max(0, (nowSeconds - timeSeconds) / spacingSeconds);
    return String.format(
        Locale.ROOT, "height: %d (~%.2f%%)", height, 100.0 * height / (height + left));
  }

  private void sawNew(HeaderNode last, Peer peer) {
    if (initialDownload.isRunning()) {
      LOG.debug("Saw new header hash={} height={} {}", last.hash(), last.height(), peer);
    } else {
      LOG.info("Saw new header hash={} height={} {}", last.hash(), last.height(), peer);
    }
  }
}
