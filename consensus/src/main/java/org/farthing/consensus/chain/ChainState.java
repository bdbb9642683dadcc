package org.farthing.consensus.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.script.ScriptFlags;
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
  private final ChainOptions options;
  private final Ledger ledger;
  private final Owner owner;
  private final BooleanSupplier stopping;
  private final HeaderTree headers = new HeaderTree();
  private final VersionBits versionBits;
  private final ChainListeners listeners = new ChainListeners();
  private final VerifiedScripts verifiedScripts;
  private final BlockConnector connector;
  private final AssumedValid assumedValid;
  private final BestChain best;
  private final BlockAcceptance acceptance;

  private ChainState(
      ConsensusParams params,
      Ledger ledger,
      Executor workers,
      ChainOptions options,
      Owner owner,
      BooleanSupplier stopping) {
    this.params = params;
    this.options = options;
    this.versionBits = new VersionBits(params);
    this.ledger = ledger;
    this.owner = owner;
    this.stopping = stopping;
    this.verifiedScripts = new VerifiedScripts(options.scriptCacheBytes(), owner);
    this.connector = new BlockConnector(params, new ScriptChecks(workers, verifiedScripts));
    HeaderNode tip = load();
    this.assumedValid = new AssumedValid(params, options, headers);
    this.best =
        new BestChain(
            new BestChain.Means(ledger, headers, connector, assumedValid, listeners, workers),
            tip,
            stopping);
    this.acceptance =
        new BlockAcceptance(params, options, ledger, headers, best, listeners, workers);
  }

  /** Opens a chain whose owner is not checked, with the options that suit everybody. */
  public static ChainState open(ConsensusParams params, Ledger ledger, Executor workers) {
    return open(params, ledger, workers, ChainOptions.DEFAULT, Owner.UNCHECKED, () -> false);
  }

  /**
   * Goes on where the ledger ends; a new one gets the genesis, whose coinbase nobody can spend.
   *
   * @param ledger is closed with the chain, and where that cannot be opened
   * @param workers run script checks; one that runs them on the calling thread will do
   * @param stopping asked between two blocks: once it is true, no further ones are connected before
   *     the chain is opened the next time
   * @throws StoreException if the ledger cannot be read, or belongs to another chain
   */
  public static ChainState open(
      ConsensusParams params,
      Ledger ledger,
      Executor workers,
      ChainOptions options,
      Owner owner,
      BooleanSupplier stopping) {
    try {
      ChainState chain = new ChainState(params, ledger, workers, options, owner, stopping);
      if (ledger.isRebuilding()) {
        new Rebuild(ledger, chain.acceptance, workers, stopping).run(chain.headers.genesis().key());
      }
      chain.best.activate(null);
      return chain;
    } catch (RuntimeException | Error e) {
      closeAfter(e, ledger);
      throw e;
    }
  }

  /** Nobody else has the ledger, which would be in use as long as the process lives. */
  private static void closeAfter(Throwable failure, Ledger ledger) {
    try {
      ledger.close();
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /** Fills the tree; returns the tip that the coins belong to. */
  private HeaderNode load() {
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
    HeaderLoad load = new HeaderLoad(headers);
    ledger.forEachHeader(load::take);
    List<HeaderEntry> loaded = load.all();
    if (headers.find(genesis.hash()).isEmpty()) {
      throw new StoreException("the ledger does not begin with the genesis of " + params.network());
    }
    BlockHash last = ledger.tip().orElseThrow();
    HeaderNode tip =
        headers
            .find(last)
            .orElseThrow(() -> new StoreException("the ledger has no header of its tip " + last));
    headers.start(tip, loaded);
    new CoinReplay(ledger, headers).run(tip);
    return tip;
  }

  public ConsensusParams params() {
    return params;
  }

  public ChainOptions options() {
    return options;
  }

  /**
   * Called with each change of the active chain, in order. A connected block is in the ledger then;
   * that one was disconnected is written with the next one that is connected.
   */
  public void addListener(Consumer<ChainEvent> listener) {
    owner.check();
    listeners.onChange(listener);
  }

  /** Called with each block that turns out to break a rule, also long after it was delivered. */
  public void addFailureListener(BiConsumer<HeaderNode, Verdict.Rejected> listener) {
    owner.check();
    listeners.onFailure(listener);
  }

  /**
   * Called with each block that passed all checks which need no coins, before it is stored and
   * connected: others are to get it soon.
   */
  public void addArrivalListener(BiConsumer<HeaderNode, Block> listener) {
    owner.check();
    listeners.onArrival(listener);
  }

  /**
   * Called with each block whose scripts run, or don't, for another reason than before; at once
   * with the last such block, if blocks were connected when the chain was opened.
   */
  public void addScriptVerificationListener(BiConsumer<HeaderNode, ScriptVerification> listener) {
    owner.check();
    listeners.onScriptVerification(listener);
  }

  /** The chain as of now, for any thread. */
  public ChainSnapshot snapshot() {
    return best.snapshot();
  }

  /** All known headers. Its {@code find} is for any thread, the rest for the owner. */
  public HeaderTree headers() {
    return headers;
  }

  /** What miners say by their blocks' versions, for any thread. */
  public VersionBits versionBits() {
    return versionBits;
  }

  /** The coins as of the tip, for the owner; other threads read {@link ChainSnapshot#chain}. */
  public CoinView coins() {
    return best.coins();
  }

  /** Transactions whose scripts need not run again when a block has them. */
  public VerifiedScripts verifiedScripts() {
    return verifiedScripts;
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

  /**
   * The target of the block after {@code parent}, in compact form.
   *
   * @param timeSeconds that block's, in seconds since 1970
   */
  public int nextBits(HeaderNode parent, long timeSeconds) {
    return NextHeader.bitsAfter(parent, timeSeconds, params.difficulty());
  }

  /**
   * The least time that a miner should give the block after {@code parent}, in seconds since 1970.
   */
  public long minimumTime(HeaderNode parent) {
    return NextHeader.minimumTime(parent, params.difficulty());
  }

  /** The rules for scripts in blocks at {@code height}. */
  public ScriptFlags flagsAt(int height) {
    return ScriptRules.at(height, params);
  }

  /**
   * The work that a branch needs before its headers are taken from strangers; whoever asks for
   * headers compares it with the work of what he gets.
   */
  public BigInteger headerWorkThreshold() {
    owner.check();
    return acceptance.headerWorkThreshold(best.tip());
  }

  /** The same beside the branch of a header; for who has no blocks, and so no tip to compare. */
  public BigInteger headerWorkThreshold(HeaderNode beside) {
    owner.check();
    return acceptance.headerWorkThreshold(beside);
  }

  /**
   * Takes a header. One that is known has no effect; one that is refused leaves no trace.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public Verdict acceptHeader(BlockHeader header, long nowSeconds) {
    return acceptHeaders(List.of(header), nowSeconds).verdict();
  }

  /**
   * Takes headers in turn, up to the first that is refused, and writes them down together.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public HeaderBatch acceptHeaders(List<BlockHeader> several, long nowSeconds) {
    owner.check();
    return acceptance.headers(several, nowSeconds);
  }

  /**
   * Takes a block that was asked for, or is our own, and whose parent's header is known; then goes
   * over to the best branch. A block that is known has no effect. Accepted means that no rule is
   * known to be broken: a block that is not on the best branch, or whose ancestors' bodies are
   * missing, has not met its coins yet.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public Verdict acceptBlock(Block block, long nowSeconds) {
    owner.check();
    return acceptance.requested(block, false, nowSeconds);
  }

  /**
   * The same for a block that others will follow soon: it may be connected with them only, while
   * its scripts run meanwhile. Who breaks a rule then is told to {@link #addFailureListener}.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public Verdict acceptBlockAhead(Block block, long nowSeconds) {
    owner.check();
    return acceptance.requested(block, true, nowSeconds);
  }

  /** Whether there are blocks which {@link #catchUp} would connect. */
  public boolean hasBlocksAhead() {
    owner.check();
    return best.hasBegun();
  }

  /** Connects what {@link #acceptBlockAhead} has left over. */
  public void catchUp() {
    if (hasBlocksAhead()) {
      best.activate(null);
    }
  }

  /**
   * Takes a block that nobody asked for. Its body is only kept if it has at least the work of the
   * tip, stands at most 288 blocks above it, and its branch has the minimum work; otherwise the
   * block is ignored, though accepted.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public Verdict acceptUnrequestedBlock(Block block, long nowSeconds) {
    owner.check();
    return acceptance.unrequested(block, nowSeconds);
  }

  /**
   * Checks a block whose header is known by all rules that need no coins, and keeps nothing of it:
   * for who has the headers alone.
   */
  public Verdict checkBody(Block block) {
    owner.check();
    HeaderNode node = headers.find(block.hash()).orElseThrow();
    return acceptance.checkBody(block, node);
  }

  /**
   * Treats a block and all that follow it as invalid until {@link #reconsider}, also after a
   * restart. The genesis stays. Where the chain goes back and no other branch is there, this is
   * written with the next block, or with {@link #writeDown}.
   */
  public void invalidate(HeaderNode block) {
    catchUp();
    best.invalidate(block);
  }

  /** Where the chain has gone back, and has no new block yet, it stays so after a kill too. */
  public void writeDown() {
    owner.check();
    best.writeDown();
  }

  /**
   * Forgets that the block, those before it and those after it are invalid; they are checked again
   * where they could be the best chain.
   */
  public void reconsider(HeaderNode block) {
    catchUp();
    best.reconsider(block);
  }

  /**
   * Treats a block as the first seen of all with the same work, until the chain grows or the node
   * restarts. One with less work than the tip stays where it is.
   */
  public void prefer(HeaderNode block) {
    catchUp();
    best.prefer(block);
  }

  /** The ends of all branches, in no order. */
  public List<ChainTip> tips() {
    owner.check();
    return headers.tips(best.tip());
  }

  /**
   * Checks stored blocks again, from the tip downwards.
   *
   * @param level how thoroughly: 0 (they can be read) to 4 (they connect); see {@link
   *     ChainVerifier}
   * @param blocks how many; 0: all
   */
  public ChainVerification verify(int level, int blocks) {
    owner.check();
    return new ChainVerifier(
            params, best.snapshot(), best.coins(), connector, assumedValid, level, stopping)
        .verify(blocks);
  }

  /**
   * Checks a block for the present tip by all rules but proof of work, and changes nothing.
   *
   * @param nowSeconds the clock, in seconds since 1970
   */
  public Verdict testBlock(Block template, long nowSeconds) {
    owner.check();
    HeaderNode tip = best.tip();
    if (!template.header().previous().equals(tip.hash())) {
      return Verdict.rejected(RejectReason.INCONCLUSIVE_NOT_BEST_PREVBLK);
    }
    Verdict verdict = acceptance.template(template, nowSeconds);
    return verdict.isAccepted() ? best.test(template) : verdict;
  }

  /**
   * Marks the chain as it is now, for {@link #revert}. Marks are for tests: as long as there is
   * one, all changes are remembered. They do not outlive the process.
   */
  public ChainMark mark() {
    catchUp();
    return new ChainMark(best.tip(), headers.mark());
  }

  /** Ends a mark. The chain stays as it is. */
  public void endMark(ChainMark mark) {
    owner.check();
    headers.endMark(mark.tree());
  }

  /**
   * Makes the chain what it was at the mark: the tip and its coins, all headers and bodies, what is
   * invalid and what is preferred. Listeners are told of blocks disconnected and connected as in a
   * reorganisation; what came after the mark is forgotten. The mark stays, and those that were set
   * after it end. Takes as long as what has happened since, however long the chain is.
   *
   * @param moved called when the tip is back and nothing is forgotten yet: whoever follows the
   *     chain on another thread, and reads the blocks that it leaves, has to catch up now
   * @throws IllegalArgumentException if the mark has ended
   * @throws StoreException if a block that is needed has been pruned since
   */
  public void revert(ChainMark mark, Runnable moved) {
    catchUp();
    headers.expect(mark.tree());
    best.moveBackTo(mark.tip());
    best.writeDown();
    moved.run();
    HeaderTree.Reverted reverted = headers.revert(mark.tree());
    versionBits.forget(reverted.removed());
    best.publish();
    new Forgetting(ledger).apply(reverted);
  }

  /**
   * Deletes old blocks of this chain.
   *
   * @param background for work that nobody waits for
   */
  public Pruner pruner(Executor background) {
    return new Pruner(ledger, headers, acceptance.returned(), this::snapshot, owner, background);
  }

  /** Closes the ledger. */
  @Override
  public void close() {
    owner.check();
    try {
      best.writeDown();
    } finally {
      ledger.close();
    }
  }
}
