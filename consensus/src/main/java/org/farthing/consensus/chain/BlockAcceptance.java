package org.farthing.consensus.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.consensus.validation.HeaderChecks;
import org.farthing.consensus.validation.HeaderContext;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.consensus.validation.RejectReason;
import org.farthing.consensus.validation.SignetSolution;
import org.farthing.consensus.validation.Verdict;

/**
 * Lets headers into the tree and bodies into the ledger, after all checks that need no coins.
 *
 * <p>A body that breaks a rule which can be checked without its place in the chain leaves no trace
 * at all, not even its header: were there a way to change a body that keeps its header and is not
 * recognized as such (CVE-2012-2459 was one), nobody could make us refuse the true block with it.
 */
final class BlockAcceptance {
  /** What has to be done for fewer transactions is done sooner than it is handed over. */
  static final int LEAST_FOR_WORKERS = 200;

  /** How many blocks above the tip an unasked block may stand. */
  private static final int MAX_UNREQUESTED_AHEAD = 288;

  /** How many blocks' work below the tip new branches may end. */
  private static final int LOW_WORK_BUFFER_BLOCKS = 144;

  private final ConsensusParams params;
  private final ChainOptions options;
  private final Ledger ledger;
  private final HeaderTree headers;
  private final BestChain chain;
  private final ChainListeners listeners;
  private final Executor workers;
  private final ReturnedBlocks returned = new ReturnedBlocks();

  BlockAcceptance(
      ConsensusParams params,
      ChainOptions options,
      Ledger ledger,
      HeaderTree headers,
      BestChain chain,
      ChainListeners listeners,
      Executor workers) {
    this.params = params;
    this.options = options;
    this.ledger = ledger;
    this.headers = headers;
    this.chain = chain;
    this.listeners = listeners;
    this.workers = workers;
  }

  /** What came again after it had been pruned. */
  ReturnedBlocks returned() {
    return returned;
  }

  static HeaderNode nodeAfter(HeaderNode parent, BlockHeader header) {
    boolean isAsHard = header.bits() == parent.header().bits();
    BigInteger work = isAsHard ? parent.work() : ProofOfWork.work(header.bits());
    return HeaderNode.after(parent, header, work);
  }

  /**
   * The work that a branch must have before strangers' headers of it are kept: what is expected of
   * the chain, and not much less than the branch of this header has. Memory is not given to those
   * who pay nothing.
   */
  BigInteger headerWorkThreshold(HeaderNode beside) {
    BigInteger buffer =
        ProofOfWork.work(beside.header().bits())
            .multiply(BigInteger.valueOf(LOW_WORK_BUFFER_BLOCKS));
    return beside.chainWork().subtract(buffer).max(options.minimumChainWork());
  }

  /** Takes headers whose branch is worth it, up to the first that is refused, in one batch. */
  HeaderBatch headers(List<BlockHeader> several, long nowSeconds) {
    LedgerUpdate update = new LedgerUpdate();
    Verdict verdict = Verdict.accepted();
    int accepted = 0;
    while (verdict.isAccepted() && accepted < several.size()) {
      verdict = header(several.get(accepted), BigInteger.ZERO, nowSeconds, update);
      accepted += verdict.isAccepted() ? 1 : 0;
    }
    keep(update);
    return new HeaderBatch(accepted, verdict);
  }

  private Verdict header(BlockHeader header, BigInteger leastWork, long nowSeconds) {
    LedgerUpdate update = new LedgerUpdate();
    Verdict verdict = header(header, leastWork, nowSeconds, update);
    keep(update);
    return verdict;
  }

  private void keep(LedgerUpdate update) {
    if (!update.headers().isEmpty()) {
      ledger.commit(update);
      chain.publish();
    }
  }

  /** Adds a header that is new to the tree, and to what the ledger has to be told. */
  private Verdict header(
      BlockHeader header, BigInteger leastWork, long nowSeconds, LedgerUpdate update) {
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
    HeaderContext context = NextHeader.contextOf(header, parent.get(), params);
    verdict = HeaderChecks.inHeaderContext(header, context, params, nowSeconds);
    if (!verdict.isAccepted()) {
      return verdict;
    }
    HeaderNode node = nodeAfter(parent.get(), header);
    if (node.chainWork().compareTo(leastWork) < 0) {
      return Verdict.rejected(RejectReason.TOO_LITTLE_CHAINWORK);
    }
    headers.add(node);
    update.header(headers.stored(node));
    return verdict;
  }

  /**
   * Takes a block that we want to have.
   *
   * @param more others follow, so that it need not be connected when this returns
   */
  Verdict requested(Block block, boolean more, long nowSeconds) {
    LedgerUpdate.Body body = prepared(block);
    Verdict verdict = inIsolation(block, params);
    if (verdict.isAccepted()) {
      verdict = header(block.header(), BigInteger.ZERO, nowSeconds);
    }
    return verdict.isAccepted() ? body(body, more) : verdict;
  }

  /** What its checks and its storage will ask for is made by workers, if it is much. */
  private LedgerUpdate.Body prepared(Block block) {
    if (block.transactions().size() < LEAST_FOR_WORKERS) {
      return new LedgerUpdate.Body(block, block::serialize);
    }
    workers.execute(block::witnessRoot);
    return new LedgerUpdate.Body(block, Ahead.of(block::serialize, workers));
  }

  /** Takes a block that a stranger sent without being asked, if it may soon be the tip. */
  Verdict unrequested(Block block, long nowSeconds) {
    Verdict verdict = inIsolation(block, params);
    if (verdict.isAccepted()) {
      verdict = header(block.header(), headerWorkThreshold(chain.tip()), nowSeconds);
    }
    return verdict.isAccepted() && isWorthKeeping(node(block))
        ? body(new LedgerUpdate.Body(block, block::serialize), false)
        : verdict;
  }

  private HeaderNode node(Block block) {
    return headers.find(block.hash()).orElseThrow();
  }

  private boolean isWorthKeeping(HeaderNode node) {
    HeaderNode tip = chain.tip();
    return !headers.status(node).wasStored()
        && node.chainWork().compareTo(tip.chainWork()) >= 0
        && node.height() <= tip.height() + MAX_UNREQUESTED_AHEAD
        && node.chainWork().compareTo(options.minimumChainWork()) >= 0;
  }

  /** Whether a block keeps all rules that can be checked without its place; any thread. */
  boolean isGoodInIsolation(Block block) {
    return inIsolation(block, params).isAccepted();
  }

  /**
   * Takes a block whose body is in the ledger, but not its header, and that is {@linkplain
   * #isGoodInIsolation good in isolation}. The time of the header is not compared with a clock
   * again. What was known already stays as it is.
   *
   * @param update is told of the header; {@link #took} makes it
   */
  Verdict alreadyStored(Block block, BlockKey key, LedgerUpdate update) {
    BlockHeader header = block.header();
    Verdict verdict = header(header, BigInteger.ZERO, header.timeSeconds(), new LedgerUpdate());
    if (!verdict.isAccepted()) {
      return verdict;
    }
    HeaderNode node = node(block);
    boolean inItsPlace = node.key().equals(key);
    if (inItsPlace && headers.status(node).isStored()) {
      return verdict;
    }
    verdict =
        inItsPlace
            ? inHeaderContext(block, node)
            : Verdict.rejected(RejectReason.BAD_CB_HEIGHT, "stored at another height");
    if (verdict.isAccepted()) {
      headers.markStored(node, block.transactions().size());
    }
    update.header(headers.stored(node));
    return verdict;
  }

  /**
   * Writes down what was found of blocks that were {@link #alreadyStored}, and begins to connect
   * them.
   *
   * @param good lowest first
   */
  void took(LedgerUpdate update, List<Block> good) {
    ledger.commit(update);
    chain.publish();
    chain.beginFound(good);
  }

  /** All checks of a block in its place that need no coins. */
  Verdict checkBody(Block block, HeaderNode node) {
    Verdict verdict = inIsolation(block, params);
    return verdict.isAccepted() && node.height() > 0 ? inHeaderContext(block, node) : verdict;
  }

  private Verdict inHeaderContext(Block block, HeaderNode node) {
    return BlockChecks.inHeaderContext(
        block, NextHeader.contextOf(block.header(), node.parent(), params), params);
  }

  /** Checks and stores the body of a known header, then goes over to the best branch. */
  private Verdict body(LedgerUpdate.Body body, boolean more) {
    Block block = body.block();
    HeaderNode node = node(block);
    if (headers.status(node).isStored()) {
      return Verdict.accepted();
    }
    Verdict verdict = inHeaderContext(block, node);
    if (verdict instanceof Verdict.Rejected rejected) {
      if (rejected.reason().kind() != RejectReason.Kind.MUTATED) {
        chain.fail(node, rejected);
      }
      return verdict;
    }
    if (headers.status(node).isPruned()) {
      returned.add(node.key(), chain.tip().height());
    }
    listeners.arrived(node, block);
    headers.markStored(node, block.transactions().size());
    ledger.commit(new LedgerUpdate().block(node.key(), body).header(headers.stored(node)));
    Verdict.Rejected failure = null;
    if (more) {
      chain.begin(block, node);
    } else {
      failure = chain.activate(block);
    }
    if (!headers.status(node).isFailed()) {
      return Verdict.accepted();
    }
    return failure != null ? failure : Verdict.rejected(RejectReason.BAD_PREVBLK);
  }

  /** All that can be said of a block without its place in the chain. */
  static Verdict inIsolation(Block block, ConsensusParams params) {
    Verdict verdict = HeaderChecks.inIsolation(block.header(), params);
    if (verdict.isAccepted()) {
      verdict = SignetSolution.check(block, params);
    }
    return verdict.isAccepted() ? BlockChecks.inIsolation(block) : verdict;
  }

  /**
   * All checks that need no coins, of a block on top of the tip, but those of what a miner adds in
   * the end: proof of work and the solution of a signet.
   */
  Verdict template(Block template, long nowSeconds) {
    HeaderContext context = NextHeader.contextOf(template.header(), chain.tip(), params);
    Verdict verdict = HeaderChecks.inHeaderContext(template.header(), context, params, nowSeconds);
    if (verdict.isAccepted()) {
      verdict = BlockChecks.inIsolation(template);
    }
    return verdict.isAccepted() ? BlockChecks.inHeaderContext(template, context, params) : verdict;
  }
}
