package org.farthing.node.mining;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;

/** A block that lacks nothing but its proof of work. Immutable. */
public final class BlockTemplate {
  private final HeaderNode parent;
  private final Coinbase coinbase;
  private final List<Item> items;
  private final Block block;

  /** A transaction of the template with what blocks count of it. */
  public record Item(Transaction transaction, long feeSat, int sigOpCost) {}

  /**
   * The fields of a header that the transactions don't tell.
   *
   * @param timeSeconds seconds since 1970
   */
  public record HeaderFields(int version, long timeSeconds, int bits) {}

  BlockTemplate(HeaderNode parent, Coinbase coinbase, List<Item> items, HeaderFields fields) {
    this.parent = parent;
    this.coinbase = coinbase;
    this.items = List.copyOf(items);
    this.block = assemble(OptionalLong.empty(), fields);
  }

  private Block assemble(OptionalLong extraNonce, HeaderFields fields) {
    List<Transaction> others = items.stream().map(Item::transaction).toList();
    return coinbase.blockOn(parent.hash(), others, extraNonce, fields);
  }

  /** The block that the template stands on. */
  public HeaderNode parent() {
    return parent;
  }

  public int height() {
    return coinbase.height();
  }

  /** The block as Bitcoin Core makes it, with the nonce zero. */
  public Block block() {
    return block;
  }

  /**
   * The same block with another coinbase, so with another header: each extra nonce opens a search
   * space of 2^32 nonces of its own.
   */
  public Block withExtraNonce(long extraNonce) {
    BlockHeader header = block.header();
    return assemble(
        OptionalLong.of(extraNonce),
        new HeaderFields(header.version(), header.timeSeconds(), header.bits()));
  }

  /** The same block for somebody else. */
  public BlockTemplate paying(Script payout) {
    BlockHeader header = block.header();
    return new BlockTemplate(
        parent,
        coinbase.paying(payout),
        items,
        new HeaderFields(header.version(), header.timeSeconds(), header.bits()));
  }

  /** What the block contains beside the coinbase, in its order. */
  public List<Item> items() {
    return items;
  }

  /** All fees together, in satoshis. */
  public long feesSat() {
    return items.stream().mapToLong(Item::feeSat).sum();
  }

  /** The output script of the coinbase that commits to the witnesses, if the rules ask for one. */
  public Optional<Script> witnessCommitment() {
    return coinbase.witness()
        ? Optional.of(block.transactions().get(0).outputs().get(1).scriptPubKey())
        : Optional.empty();
  }

  /** Subsidy and fees, in satoshis. */
  public long rewardSat() {
    return coinbase.rewardSat();
  }

  public Script payout() {
    return coinbase.payout();
  }
}
