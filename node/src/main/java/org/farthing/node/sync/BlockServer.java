package org.farthing.node.sync;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.ChainState;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.Pruner;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.node.config.NetPermission;
import org.farthing.node.peer.Outbox;
import org.farthing.node.peer.Peer;
import org.farthing.node.time.Clock;
import org.farthing.node.wire.BlockMessage;
import org.farthing.node.wire.BlockTxn;
import org.farthing.node.wire.GetBlockTxn;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.InvType;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.UnknownMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives blocks to peers: whole, in short form (BIP-0152), what passes a filter (BIP-0037), or some
 * of their transactions.
 *
 * <ul>
 *   <li>Short forms of the last {@value #MAX_SHORT_DEPTH} blocks only, single transactions of the
 *       last {@value #MAX_TRANSACTIONS_DEPTH}: of older ones the whole block is given, so that
 *       nobody can make us read blocks without taking them.
 *   <li>Blocks beside the active chain only where they were in it, and are not older than a month:
 *       otherwise somebody could recognise a node by what it keeps.
 *   <li>Once the target for what is sent in a day is reached, old blocks are given to nobody but
 *       those who may always have them.
 * </ul>
 */
final class BlockServer {
  private static final Logger LOG = LoggerFactory.getLogger(BlockServer.class);

  static final int MAX_SHORT_DEPTH = 5;
  static final int MAX_TRANSACTIONS_DEPTH = 10;

  /** Blocks that a new tip may have pushed too deep while the question was on its way. */
  private static final int DEPTH_TOLERANCE = 2;

  private static final long STALE_SECONDS = 30 * 24 * 60 * 60;

  /** A block that is older than the best header by more is an old one. */
  private static final long OLD_SECONDS = 7 * 24 * 60 * 60;

  private final ChainState chain;
  private final BlockExchange blocks;
  private final Outbox outbox;
  private final Clock clock;
  private final Offer offer;

  /**
   * What we offer, and how much of it.
   *
   * @param lastBlocksOnly no more than the last blocks (BIP-0159)
   * @param bloomFilters what passes a peer's filter (BIP-0037)
   */
  record Offer(boolean lastBlocksOnly, BloomFilters bloomFilters, UploadTarget uploadTarget) {}

  BlockServer(ChainState chain, BlockExchange blocks, Outbox outbox, Clock clock, Offer offer) {
    this.chain = chain;
    this.blocks = blocks;
    this.outbox = outbox;
    this.clock = clock;
    this.offer = offer;
  }

  /**
   * Gives the peer a block.
   *
   * @return false where it does not get it
   */
  boolean send(Peer peer, InvItem item) {
    boolean filtered = item.type() == InvType.FILTERED_BLOCK;
    if (filtered && !offer.bloomFilters().isOfferedTo(peer)) {
      outbox.disconnect(
          peer,
          "filtered block request received when NODE_BLOOM service disabled, disconnecting "
              + peer);
      return true;
    }
    Optional<HeaderNode> node =
        chain.headers().find((BlockHash) item.hash()).filter(this::isAllowed);
    if (node.isEmpty()) {
      LOG.debug("ignoring request from {} for a block that it may not know of", peer);
      return false;
    }
    Optional<String> refusal = refusal(peer, node.get(), filtered);
    if (refusal.isPresent()) {
      outbox.disconnect(peer, refusal.get());
      return true;
    }
    if (isWhole(item.type(), node.get())) {
      return sendAsStored(peer, node.get());
    }
    Optional<Block> block = block(node.get());
    block.ifPresent(found -> send(peer, item.type(), found));
    return block.isPresent();
  }

  /** Whether the peer gets the whole block with its witnesses. */
  private boolean isWhole(InvType wanted, HeaderNode node) {
    return wanted == InvType.WITNESS_BLOCK
        || (wanted == InvType.COMPACT_BLOCK && !isServedShort(node));
  }

  /** The bytes in the ledger are those of the message: nobody need know what they say. */
  private boolean sendAsStored(Peer peer, HeaderNode node) {
    Optional<byte[]> bytes = chain.snapshot().chain().blockBytes(node.hash());
    bytes.ifPresent(
        found -> outbox.send(peer, new UnknownMessage(MessageType.BLOCK.command(), found)));
    return bytes.isPresent();
  }

  private Optional<String> refusal(Peer peer, HeaderNode node, boolean filtered) {
    if ((filtered || isOld(node))
        && offer.uploadTarget().isReachedForOldBlocks()
        && !peer.may(NetPermission.DOWNLOAD)) {
      return Optional.of("historical block serving limit reached, disconnecting " + peer);
    }
    if (offer.lastBlocksOnly() && isTooDeep(node) && !peer.may(NetPermission.NOBAN)) {
      return Optional.of(
          "Ignore block request below NODE_NETWORK_LIMITED threshold, disconnecting " + peer);
    }
    return Optional.empty();
  }

  private boolean isOld(HeaderNode node) {
    return chain.snapshot().bestHeader().header().timeSeconds() - node.header().timeSeconds()
        > OLD_SECONDS;
  }

  /** True for old blocks, whether we have them or not: what is pruned is nobody's business. */
  private boolean isTooDeep(HeaderNode node) {
    return chain.snapshot().height() - node.height() > Pruner.KEPT_BLOCKS + DEPTH_TOLERANCE;
  }

  /** Whether peers may know that we have the block. */
  boolean isAllowed(HeaderNode node) {
    ChainSnapshot snapshot = chain.snapshot();
    if (snapshot.isActive(node)) {
      return true;
    }
    HeaderNode best = snapshot.bestHeader();
    return snapshot.chain().status(node).wasConnected()
        && !chain.isInvalid(node.hash())
        && best.header().timeSeconds() - node.header().timeSeconds() < STALE_SECONDS
        && secondsOfWork(best, node).compareTo(BigInteger.valueOf(STALE_SECONDS)) < 0;
  }

  /** How long the network would take for the work that one has beyond the other. */
  private BigInteger secondsOfWork(HeaderNode best, HeaderNode node) {
    return best.chainWork()
        .subtract(node.chainWork())
        .multiply(BigInteger.valueOf(chain.params().difficulty().spacingSeconds()))
        .divide(ProofOfWork.work(best.header().bits()));
  }

  private Optional<Block> block(HeaderNode node) {
    Optional<Block> recent = blocks.recent().block(node.hash());
    return recent.isPresent() ? recent : chain.snapshot().chain().block(node.hash());
  }

  private void send(Peer peer, InvType type, Block block) {
    if (type == InvType.COMPACT_BLOCK) {
      outbox.send(peer, blocks.recent().shortFormOf(block));
    } else if (type == InvType.FILTERED_BLOCK) {
      offer.bloomFilters().send(peer, block);
    } else {
      outbox.send(peer, new BlockMessage(withoutWitnesses(block)));
    }
  }

  /** Of an older block, or far from the tip, the peer would know no transactions anyway. */
  private boolean isServedShort(HeaderNode node) {
    return blocks.isNearTip(clock.nowMillis())
        && node.height() >= chain.snapshot().height() - MAX_SHORT_DEPTH;
  }

  private static Block withoutWitnesses(Block block) {
    return new Block(
        block.header(), block.transactions().stream().map(Transaction::withoutWitness).toList());
  }

  /**
   * Gives the peer some transactions of a block.
   *
   * @return what it is to get instead: the whole block, if that is too old
   */
  Optional<InvItem> transactions(Peer peer, GetBlockTxn request) {
    Optional<Block> recent = blocks.recent().block(request.block());
    if (recent.isPresent()) {
      transactions(peer, request, recent.get());
      return Optional.empty();
    }
    Optional<HeaderNode> node =
        chain.headers().find(request.block()).filter(each -> chain.hasBlock(each.hash()));
    if (node.isEmpty()) {
      LOG.debug("Peer {} sent us a getblocktxn for a block we don't have", peer.id());
      return Optional.empty();
    }
    if (node.get().height() < chain.snapshot().height() - MAX_TRANSACTIONS_DEPTH) {
      LOG.debug(
          "Peer {} sent us a getblocktxn for a block > {} deep", peer.id(), MAX_TRANSACTIONS_DEPTH);
      return Optional.of(new InvItem(InvType.WITNESS_BLOCK, request.block()));
    }
    chain
        .snapshot()
        .chain()
        .block(request.block())
        .ifPresent(block -> transactions(peer, request, block));
    return Optional.empty();
  }

  private void transactions(Peer peer, GetBlockTxn request, Block block) {
    List<Transaction> all = block.transactions();
    if (request.indexes().stream().anyMatch(index -> index >= all.size())) {
      outbox.punish(peer, "getblocktxn with out-of-bounds tx indices");
      return;
    }
    outbox.send(
        peer, new BlockTxn(request.block(), request.indexes().stream().map(all::get).toList()));
  }
}
