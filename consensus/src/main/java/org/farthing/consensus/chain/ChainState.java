package org.farthing.consensus.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.consensus.validation.HeaderChecks;
import org.farthing.consensus.validation.HeaderContext;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.Verdict;

/**
 * The chain: takes headers and blocks in any order, and keeps the coins as the branch with most
 * work leaves them. Of branches with the same work the first seen wins. Invalid blocks are
 * remembered with all that follows them.
 *
 * <p>One thread owns it, and is asserted at entry; {@link #snapshot} is for all. Listeners are
 * called on the owner's thread, before the call that caused the event returns, and must not call
 * back.
 */
public final class ChainState implements AutoCloseable {
  private final ConsensusParams params;
  private final Ledger ledger;
  private final Owner owner;
  private final HeaderTree headers = new HeaderTree();
  private final CoinCache coins;
  private final ChainReader reader;
  private final BlockConnector connector;
  private final List<Consumer<ChainEvent>> listeners = new ArrayList<>();
  private final List<BiConsumer<HeaderNode, Verdict.Rejected>> failureListeners = new ArrayList<>();
  private volatile ChainSnapshot snapshot;
  private HeaderNode tip;
  private boolean activating;

  private ChainState(ConsensusParams params, Ledger ledger, Executor workers, Owner owner) {
    this.params = params;
    this.ledger = ledger;
    this.owner = owner;
    this.coins = new CoinCache(ledger);
    this.reader = new LedgerReader(headers, ledger);
    this.connector = new BlockConnector(params, new ScriptChecks(workers));
  }

  /** Opens a chain whose owner is not checked. */
  public static ChainState open(ConsensusParams params, Ledger ledger, Executor workers) {
    return open(params, ledger, workers, Owner.UNCHECKED);
  }

  /**
   * Goes on where the ledger ends; a new one gets the genesis, whose coinbase nobody can spend.
   *
   * @param ledger is closed with the chain
   * @param workers run script checks; one that runs them on the calling thread will do
   * @throws StoreException if the ledger cannot be read, or belongs to another chain
   */
  public static ChainState open(
      ConsensusParams params, Ledger ledger, Executor workers, Owner owner) {
    ChainState chain = new ChainState(params, ledger, workers, owner);
    chain.load();
    return chain;
  }

  private void load() {
    Block genesis = params.genesis();
    if (ledger.tip().isEmpty()) {
      BlockKey key = new BlockKey(0, genesis.hash());
      BlockStatus status =
          BlockStatus.HEADER_ONLY.withStored(genesis.transactions().size()).withConnected();
      ledger.commit(
          new LedgerUpdate()
              .header(new StoredHeader(genesis.header(), 0, status))
              .block(key, genesis)
              .undo(key, new BlockUndo(List.of()))
              .state(CoinChanges.NONE, genesis.hash()));
    }
    ledger.forEachHeader(this::loadHeader);
    if (headers.find(genesis.hash()).isEmpty()) {
      throw new StoreException("the ledger does not begin with the genesis of " + params.network());
    }
    BlockHash last = ledger.tip().orElseThrow();
    tip =
        headers
            .find(last)
            .orElseThrow(() -> new StoreException("the ledger has no header of its tip " + last));
    headers.prefer(tip);
    publish();
    activateBest(null);
  }

  private void loadHeader(StoredHeader stored) {
    BlockHeader header = stored.header();
    HeaderNode node;
    if (stored.height() == 0) {
      node = HeaderNode.genesis(header, ProofOfWork.work(header.bits()));
    } else {
      HeaderNode parent =
          headers
              .find(header.previous())
              .orElseThrow(
                  () -> new StoreException("the ledger has no header before " + header.hash()));
      node = nodeAfter(parent, header);
    }
    headers.add(node, stored.status());
  }

  private static HeaderNode nodeAfter(HeaderNode parent, BlockHeader header) {
    return HeaderNode.after(parent, header, ProofOfWork.work(header.bits()));
  }

  public ConsensusParams params() {
    return params;
  }

  /** Called with each change of the active chain, in order, after it is in the ledger. */
  public void addListener(Consumer<ChainEvent> listener) {
    owner.check();
    listeners.add(listener);
  }

  /** Called with each block that turns out to break a rule, also long after it was delivered. */
  public void addFailureListener(BiConsumer<HeaderNode, Verdict.Rejected> listener) {
    owner.check();
    failureListeners.add(listener);
  }

  /** The chain as of now, for any thread. */
  public ChainSnapshot snapshot() {
    return snapshot;
  }

  /** All known headers. Its {@code find} is for any thread, the rest for the owner. */
  public HeaderTree headers() {
    return headers;
  }

  /** The coins as of the tip, for the owner; other threads read {@link ChainSnapshot#chain}. */
  public CoinView coins() {
    return coins;
  }

  public boolean hasBlock(BlockHash hash) {
    owner.check();
    return headers.find(hash).filter(node -> headers.status(node).isStored()).isPresent();
  }

  /** True where the block, or one before it, is known to break a rule. */
  public boolean isInvalid(BlockHash hash) {
    owner.check();
    return headers.find(hash).filter(node -> headers.status(node).isFailed()).isPresent();
  }

  /** The target of the block after {@code parent}, in compact form. */
  public int nextBits(HeaderNode parent, long timeSeconds) {
    return NextHeader.bitsAfter(parent, params.difficulty());
  }

  /** The least time of the block after {@code parent}, in seconds since 1970. */
  public long minimumTime(HeaderNode parent) {
    return parent.medianTimePast() + 1;
  }

  /** The rules for scripts in blocks at {@code height}. */
  public ScriptFlags flagsAt(int height) {
    return ScriptChecks.flagsAt(height, params);
  }

  /**
   * Takes a header. One that is known has no effect; one that is refused leaves no trace.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public Verdict acceptHeader(BlockHeader header, long nowSeconds) {
    owner.check();
    Optional<HeaderNode> known = headers.find(header.hash());
    if (known.isPresent()) {
      return headers.status(known.get()).isFailed()
          ? Verdict.rejected(
              RejectReason.DUPLICATE_INVALID,
              "block %s was previously marked invalid".formatted(header.hash()))
          : Verdict.accepted();
    }
    Verdict verdict = HeaderChecks.inIsolation(header, params);
    if (!verdict.isAccepted()) {
      return verdict;
    }
    Optional<HeaderNode> parent = headers.find(header.previous());
    if (parent.isEmpty()) {
      return Verdict.rejected(RejectReason.PREV_BLK_NOT_FOUND);
    }
    if (headers.status(parent.get()).isFailed()) {
      return Verdict.rejected(RejectReason.BAD_PREVBLK);
    }
    HeaderContext context = NextHeader.after(parent.get(), params);
    verdict = HeaderChecks.inHeaderContext(header, context, params, nowSeconds);
    if (verdict.isAccepted()) {
      add(nodeAfter(parent.get(), header));
    }
    return verdict;
  }

  private void add(HeaderNode node) {
    ledger.commit(new LedgerUpdate().header(stored(node, BlockStatus.HEADER_ONLY)));
    headers.add(node, BlockStatus.HEADER_ONLY);
    publish();
  }

  private static StoredHeader stored(HeaderNode node, BlockStatus status) {
    return new StoredHeader(node.header(), node.height(), status);
  }

  /**
   * Takes a block whose parent's header is known, then goes over to the best branch. A block that
   * is known has no effect. Accepted means that no rule is known to be broken: a block that is not
   * on the best branch, or whose ancestors' bodies are missing, has not met its coins yet.
   *
   * <p>A body that is wrong by itself leaves no trace, whatever is wrong with it: it may have been
   * forged for the header of another one, by more ways than the merkle tree shows. So a tree's
   * inner nodes, 64 bytes each, can be passed off as transactions.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public Verdict acceptBlock(Block block, long nowSeconds) {
    Verdict verdict = HeaderChecks.inIsolation(block.header(), params);
    if (verdict.isAccepted()) {
      verdict = BlockChecks.inIsolation(block);
    }
    if (verdict.isAccepted()) {
      verdict = acceptHeader(block.header(), nowSeconds);
    }
    if (!verdict.isAccepted()) {
      return verdict;
    }
    HeaderNode node = headers.find(block.hash()).orElseThrow();
    if (headers.status(node).isStored()) {
      return verdict;
    }
    verdict = BlockChecks.inHeaderContext(block, NextHeader.after(node.parent(), params), params);
    if (verdict instanceof Verdict.Rejected rejected) {
      if (rejected.reason().kind() != RejectReason.Kind.MUTATED) {
        fail(node, rejected);
      }
      return verdict;
    }
    int transactions = block.transactions().size();
    BlockStatus status = headers.status(node).withStored(transactions);
    ledger.commit(new LedgerUpdate().block(node.key(), block).header(stored(node, status)));
    headers.markStored(node, transactions);
    Verdict.Rejected failure = activateBest(block);
    if (!headers.status(node).isFailed()) {
      return Verdict.accepted();
    }
    return failure != null ? failure : Verdict.rejected(RejectReason.BAD_PREVBLK);
  }

  /**
   * Checks a block for the present tip by all rules but proof of work, and changes nothing.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public Verdict testBlock(Block template, long nowSeconds) {
    owner.check();
    BlockHeader header = template.header();
    if (!header.previous().equals(tip.hash())) {
      return Verdict.rejected(RejectReason.INCONCLUSIVE_NOT_BEST_PREVBLK);
    }
    HeaderContext context = NextHeader.after(tip, params);
    Verdict verdict = HeaderChecks.inHeaderContext(header, context, params, nowSeconds);
    if (verdict.isAccepted()) {
      verdict = BlockChecks.inIsolation(template);
    }
    if (verdict.isAccepted()) {
      verdict = BlockChecks.inHeaderContext(template, context, params);
    }
    if (!verdict.isAccepted()) {
      return verdict;
    }
    return connector.connect(template, nodeAfter(tip, header), coins)
            instanceof BlockConnector.Outcome.Refused refused
        ? refused.verdict()
        : Verdict.accepted();
  }

  /**
   * Moves the tip to the best candidate, as often as that is another one.
   *
   * @param delivered the block that was stored last: it need not be read again; may be null
   * @return why that block was refused, or null if it was not
   */
  private Verdict.Rejected activateBest(Block delivered) {
    if (activating) {
      throw new AssertionError("a listener called back");
    }
    activating = true;
    try {
      Verdict.Rejected failure = null;
      HeaderNode target = headers.bestCandidate();
      while (target != tip) {
        Verdict.Rejected refused = moveTowards(target, delivered);
        failure = refused != null ? refused : failure;
        target = headers.bestCandidate();
      }
      headers.dropCandidatesWorseThan(tip);
      return failure;
    } finally {
      activating = false;
    }
  }

  private Verdict.Rejected moveTowards(HeaderNode target, Block delivered) {
    HeaderNode fork = tip.forkWith(target);
    while (tip != fork) {
      disconnectTip();
    }
    for (int height = fork.height() + 1; height <= target.height(); height++) {
      HeaderNode node = target.ancestor(height);
      boolean atHand = delivered != null && delivered.hash().equals(node.hash());
      Block block = atHand ? delivered : storedBlock(node);
      BlockConnector.Outcome outcome = connector.connect(block, node, coins);
      if (outcome instanceof BlockConnector.Outcome.Refused refused) {
        fail(node, refused.verdict());
        return atHand ? refused.verdict() : null;
      }
      connected(node, block, (BlockConnector.Outcome.Connected) outcome);
    }
    return null;
  }

  private void connected(HeaderNode node, Block block, BlockConnector.Outcome.Connected outcome) {
    BlockStatus status = headers.status(node).withConnected();
    ledger.commit(
        new LedgerUpdate()
            .header(stored(node, status))
            .undo(node.key(), outcome.undo())
            .state(outcome.changes(), node.hash()));
    headers.markConnected(node);
    moveTip(node, outcome.changes(), new ChainEvent.Connected(node, block, outcome.undo()));
  }

  private void disconnectTip() {
    HeaderNode node = tip;
    Block block = storedBlock(node);
    BlockUndo undo =
        ledger
            .undo(node.key())
            .orElseThrow(() -> new StoreException("the ledger has no undo data of " + node));
    CoinChanges changes = BlockConnector.disconnect(block, undo);
    ledger.commit(new LedgerUpdate().state(changes, node.parent().hash()));
    moveTip(node.parent(), changes, new ChainEvent.Disconnected(node, block, undo));
  }

  private void moveTip(HeaderNode newTip, CoinChanges changes, ChainEvent event) {
    coins.apply(changes);
    tip = newTip;
    publish();
    listeners.forEach(listener -> listener.accept(event));
  }

  private Block storedBlock(HeaderNode node) {
    return reader
        .block(node.hash())
        .orElseThrow(() -> new StoreException("the ledger has no body of " + node));
  }

  private void fail(HeaderNode node, Verdict.Rejected verdict) {
    ledger.commit(new LedgerUpdate().header(stored(node, headers.status(node).withFailed())));
    headers.markFailed(node);
    publish();
    failureListeners.forEach(listener -> listener.accept(node, verdict));
  }

  private void publish() {
    snapshot = new ChainSnapshot(tip, headers.best(), reader);
  }

  /** Closes the ledger. */
  @Override
  public void close() {
    owner.check();
    ledger.close();
  }
}
