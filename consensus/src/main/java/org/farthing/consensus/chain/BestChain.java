package org.farthing.consensus.chain;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.validation.Verdict;

/**
 * The active chain: moves the tip, block by block, to the best candidate, and keeps the coins as it
 * leaves them.
 */
final class BestChain {
  /** So many blocks are begun with beside the one that is connected. */
  private static final int MOST_AHEAD = 2;

  private final Ledger ledger;
  private final HeaderTree headers;
  private final CoinView coins;
  private final BlocksAhead ahead;
  private final StoredBlocks stored;
  private final BlockConnector connector;
  private final AssumedValid assumedValid;
  private final ChainListeners listeners;
  private final BooleanSupplier stopping;
  private volatile ChainSnapshot snapshot;
  private HeaderNode tip;

  /** The tip as the ledger knows it. Where the chain has gone back it is not written at once. */
  private HeaderNode writtenTip;

  /** What was marked as failed while it was active, with all that follows it; null if nothing. */
  private HeaderNode unwrittenMark;

  private boolean activating;

  /**
   * What it works with.
   *
   * @param workers read blocks that will be wanted soon
   */
  record Means(
      Ledger ledger,
      HeaderTree headers,
      BlockConnector connector,
      AssumedValid assumedValid,
      ChainListeners listeners,
      Executor workers) {}

  /**
   * @param tip the last connected block
   * @param stopping asked between two blocks; once it is true the tip stays where it is
   */
  BestChain(Means means, HeaderNode tip, BooleanSupplier stopping) {
    this.ledger = means.ledger();
    this.headers = means.headers();
    this.coins = ledger::coin;
    this.connector = means.connector();
    this.ahead = new BlocksAhead(connector, coins);
    this.stored = new StoredBlocks(new LedgerReader(headers, ledger), means.workers());
    this.assumedValid = means.assumedValid();
    this.listeners = means.listeners();
    this.tip = tip;
    this.writtenTip = tip;
    this.stopping = stopping;
    publish();
  }

  HeaderNode tip() {
    return tip;
  }

  CoinView coins() {
    return coins;
  }

  /** Any thread. */
  ChainSnapshot snapshot() {
    return snapshot;
  }

  /** Makes what the tree knows visible to other threads. */
  void publish() {
    snapshot = new ChainSnapshot(tip, headers.best(), stored.reader());
  }

  /**
   * Moves the tip to the best candidate, as often as that is another one and nobody wants to stop.
   *
   * @param delivered the block that was stored last: it need not be read again; may be null
   * @return why that block was refused, or null if it was not
   */
  Verdict.Rejected activate(Block delivered) {
    enter();
    try {
      Verdict.Rejected failure = null;
      HeaderNode target = headers.bestCandidate(tip);
      while (target != tip && !stopping.getAsBoolean()) {
        Verdict.Rejected refused = moveTowards(target, delivered);
        failure = refused != null ? refused : failure;
        target = headers.bestCandidate(tip);
      }
      ahead.abandon();
      headers.dropCandidatesWorseThan(tip);
      return failure;
    } finally {
      activating = false;
    }
  }

  private void enter() {
    if (activating) {
      throw new AssertionError("a listener called back");
    }
    activating = true;
  }

  /**
   * Begins with a block that was stored last, if it continues the best branch, and connects those
   * before it whose turn it is. {@link #activate} does the rest.
   */
  void begin(Block delivered, HeaderNode node) {
    if (!isNext(node) || headers.bestCandidate(tip) != node) {
      activate(delivered);
      return;
    }
    boolean refused = false;
    enter();
    try {
      add(node, delivered);
      while (ahead.size() > MOST_AHEAD && !refused && !stopping.getAsBoolean()) {
        refused = connectFirst() != null;
      }
    } finally {
      activating = false;
    }
    if (refused) {
      activate(null);
    }
  }

  /**
   * Begins with blocks of a ledger whose headers are being found again, as far as they continue the
   * best branch that is known by now, and connects those before them whose turn it is: they need
   * not be read once more. {@link #activate} does the rest, when all headers are known. Only then
   * it is known whose scripts are spared, so that nothing is done where that may be; and only then
   * a block is marked that breaks a rule: those that follow it would not be found any more.
   *
   * @param blocks lowest first
   */
  void beginFound(List<Block> blocks) {
    if (!assumedValid.namesNothing()) {
      return;
    }
    HeaderNode target = headers.bestCandidate(tip);
    enter();
    try {
      for (Block block : blocks) {
        HeaderNode node = headers.find(block.hash()).orElseThrow();
        if (isNext(node) && node.isAncestorOf(target)) {
          add(node, block);
          connectWhileGood();
        }
      }
    } finally {
      activating = false;
    }
  }

  private void connectWhileGood() {
    while (ahead.size() > MOST_AHEAD && !stopping.getAsBoolean()) {
      if (connect(ahead.takeFirst()) != null) {
        ahead.abandon();
      }
    }
  }

  private boolean isNext(HeaderNode node) {
    return node.parent() == ahead.last().orElse(tip) && ahead.mayGrow();
  }

  /** Whether there are blocks that were begun with and wait for their turn. */
  boolean hasBegun() {
    return ahead.size() > 0;
  }

  private Verdict.Rejected moveTowards(HeaderNode target, Block delivered) {
    HeaderNode fork = tip.forkWith(target);
    if (tip != fork || !ahead.last().map(last -> last.isAncestorOf(target)).orElse(true)) {
      ahead.abandon();
    }
    while (tip != fork && !stopping.getAsBoolean()) {
      disconnectTip(fork);
    }
    while (tip != target && !stopping.getAsBoolean()) {
      lookAhead(target, delivered);
      Verdict.Rejected refused = connectFirst();
      if (refused != null) {
        HeaderNode next = target.ancestor(tip.height() + 1);
        return delivered != null && delivered.hash().equals(next.hash()) ? refused : null;
      }
    }
    return null;
  }

  /** Begins with the next block towards a target, and with some that follow it. */
  private void lookAhead(HeaderNode target, Block delivered) {
    HeaderNode next = stepTowards(target, ahead.last().orElse(tip));
    while (next != null && ahead.size() <= MOST_AHEAD && ahead.mayGrow()) {
      Block block = is(delivered, next) ? delivered : stored.get(next);
      HeaderNode following = stepTowards(target, next);
      if (following != null && !is(delivered, following)) {
        stored.prepare(following);
      }
      add(next, block);
      next = following;
    }
  }

  /** The block after {@code from} on the way to {@code target}; null at its end. */
  private static HeaderNode stepTowards(HeaderNode target, HeaderNode from) {
    return from == target ? null : target.ancestor(from.height() + 1);
  }

  private static boolean is(Block block, HeaderNode node) {
    return block != null && block.hash().equals(node.hash());
  }

  private void add(HeaderNode node, Block block) {
    ScriptVerification verification = assumedValid.of(node);
    listeners.verifying(node, verification);
    ahead.add(block, node, verification);
  }

  /** Returns why the block was refused and marked, or null if it is the tip now. */
  private Verdict.Rejected connectFirst() {
    BlockConnector.Begun first = ahead.takeFirst();
    Verdict.Rejected refused = connect(first);
    if (refused != null) {
      fail(first.node(), refused);
    }
    return refused;
  }

  /** Returns why the block is refused, or null if it is the tip now. */
  private Verdict.Rejected connect(BlockConnector.Begun first) {
    BlockConnector.Outcome outcome = first.finish();
    if (outcome instanceof BlockConnector.Outcome.Refused refused) {
      return refused.verdict();
    }
    connected(first.node(), first.block(), (BlockConnector.Outcome.Connected) outcome);
    return null;
  }

  /** Makes a block the tip again that was it before, whatever is better now. */
  void moveBackTo(HeaderNode earlier) {
    HeaderNode fork = tip.forkWith(earlier);
    while (tip != fork) {
      disconnectTip(fork);
    }
    while (tip != earlier) {
      lookAhead(earlier, null);
      Verdict.Rejected refused = connectFirst();
      if (refused != null) {
        throw new AssertionError("what follows " + tip + " was valid before: " + refused);
      }
    }
  }

  /** Connects a block to the tip without a trace. */
  Verdict test(Block template) {
    HeaderNode node = BlockAcceptance.nodeAfter(tip, template.header());
    return connector.connect(template, node, coins, ScriptVerification.ALWAYS)
            instanceof BlockConnector.Outcome.Refused refused
        ? refused.verdict()
        : Verdict.accepted();
  }

  private void connected(HeaderNode node, Block block, BlockConnector.Outcome.Connected outcome) {
    headers.markConnected(node);
    write(
        new LedgerUpdate()
            .headers(unwrittenMarks())
            .header(headers.stored(node))
            .undo(node.key(), outcome.undo())
            .state(outcome.changes(), node.hash()),
        node);
    moveTip(node, new ChainEvent.Connected(node, block, outcome.undo()));
  }

  private void write(LedgerUpdate update, HeaderNode newTip) {
    ledger.commit(update);
    writtenTip = newTip;
    unwrittenMark = null;
  }

  private List<StoredHeader> unwrittenMarks() {
    return unwrittenMark == null ? List.of() : headers.storedFrom(unwrittenMark);
  }

  /** Writes down how far the chain has gone back and why, where no block was connected since. */
  void writeDown() {
    if (writtenTip != tip || unwrittenMark != null) {
      write(new LedgerUpdate().headers(unwrittenMarks()).state(CoinChanges.NONE, tip.hash()), tip);
    }
  }

  /**
   * The tip is written with the next block: a ledger is as it was before, or as it is after.
   *
   * @param end where this is to end
   */
  private void disconnectTip(HeaderNode end) {
    HeaderNode node = tip;
    Block block = stored.get(node);
    if (node.parent() != end) {
      stored.prepare(node.parent());
    }
    BlockUndo undo =
        ledger
            .undo(node.key())
            .orElseThrow(() -> new StoreException("the ledger has no undo data of " + node));
    CoinChanges changes = BlockConnector.disconnect(block, undo);
    ledger.commit(new LedgerUpdate().coins(changes, node.parent().hash()));
    moveTip(node.parent(), new ChainEvent.Disconnected(node, block, undo));
  }

  private void moveTip(HeaderNode newTip, ChainEvent event) {
    tip = newTip;
    publish();
    listeners.changed(event);
  }

  /** Remembers that a block breaks a rule, and all that follows it. */
  void fail(HeaderNode node, Verdict.Rejected verdict) {
    markFailed(node);
    listeners.failed(node, verdict);
  }

  private void markFailed(HeaderNode node) {
    ahead.abandon();
    List<StoredHeader> marked = headers.markFailed(node, tip);
    if (!node.isAncestorOf(tip)) {
      ledger.commit(new LedgerUpdate().headers(marked));
    } else if (unwrittenMark == null || node.isAncestorOf(unwrittenMark)) {
      unwrittenMark = node;
    }
    publish();
  }

  /** Treats a block as one that breaks a rule, and finds the best chain without it. */
  void invalidate(HeaderNode node) {
    if (node.parent() == null) {
      return;
    }
    boolean active = node.isAncestorOf(tip);
    markFailed(node);
    if (active) {
      headers.restoreCandidates(node.parent());
    }
    activate(null);
  }

  /** Forgets that a block, one before it or one after it failed, and finds the best chain. */
  void reconsider(HeaderNode node) {
    ledger.commit(new LedgerUpdate().headers(headers.clearFailed(node, tip)));
    publish();
    activate(null);
  }

  /** Treats a block as if it had come before all others with the same work. */
  void prefer(HeaderNode node) {
    if (node.chainWork().compareTo(tip.chainWork()) >= 0) {
      headers.prefer(node, tip);
      activate(null);
    }
  }
}
