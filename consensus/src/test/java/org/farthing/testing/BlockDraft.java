package org.farthing.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.validation.CoinbaseHeight;
import org.farthing.consensus.validation.ProofOfWork;
import org.farthing.consensus.validation.WitnessCommitment;

/**
 * A block in the making, valid unless it is asked to break a rule. Two drafts are never the same
 * block: each coinbase carries a number of its own.
 */
public final class BlockDraft {
  /** Can be spent by anybody, with an empty script. */
  public static final Script ANYONE = Script.of(new byte[] {0x51});

  private final ConsensusParams params;
  private final int height;
  private final BlockHash previous;
  private final List<TxOut> outputs = new ArrayList<>();
  private final List<Transaction> transactions = new ArrayList<>();
  private Script coinbaseScript;
  private Script payTo = ANYONE;
  private long feesSat;
  private int version = 0x20000000;
  private long timeSeconds;
  private int bits;
  private boolean committed;
  private UnaryOperator<Transaction> coinbaseChange = coinbase -> coinbase;
  private UnaryOperator<List<Transaction>> bodyChange = body -> body;
  private MerkleRoot merkleRoot;

  /**
   * The block that another one follows.
   *
   * @param timeSeconds of its header, in seconds since 1970
   * @param medianTimePast of it, in seconds since 1970 (BIP-0113)
   */
  public record Parent(int height, BlockHash hash, long timeSeconds, long medianTimePast) {
    static Parent of(HeaderNode node) {
      return new Parent(
          node.height(), node.hash(), node.header().timeSeconds(), node.medianTimePast());
    }
  }

  /**
   * @param bits the target that the rules ask for, in compact form
   * @param tag distinguishes this block from its siblings
   */
  public BlockDraft(ConsensusParams params, Parent parent, int bits, int tag) {
    this.params = params;
    this.height = parent.height() + 1;
    this.previous = parent.hash();
    this.bits = bits;
    this.timeSeconds =
        Math.max(
            parent.timeSeconds() + params.difficulty().spacingSeconds(),
            parent.medianTimePast() + 1);
    this.committed = params.isActive(Deployment.SEGWIT, height);
    this.coinbaseScript =
        Script.of(
            new ByteWriter()
                .bytes(CoinbaseHeight.push(height).toByteArray())
                .uint8(4)
                .int32(tag)
                .toByteArray());
  }

  public int height() {
    return height;
  }

  public long timeSeconds() {
    return timeSeconds;
  }

  /** What the coinbase pays to; {@link #ANYONE} by default. */
  public BlockDraft payTo(Script script) {
    payTo = script;
    return this;
  }

  /** Adds transactions after the coinbase; their fees go to nobody unless {@link #fees} claims. */
  public BlockDraft with(Transaction... more) {
    return with(List.of(more));
  }

  public BlockDraft with(List<Transaction> more) {
    transactions.addAll(more);
    return this;
  }

  /** Satoshis that the coinbase takes beside the subsidy; may be too many. */
  public BlockDraft fees(long sat) {
    feesSat = sat;
    return this;
  }

  public BlockDraft version(int replacement) {
    version = replacement;
    return this;
  }

  public BlockDraft timeSeconds(long replacement) {
    timeSeconds = replacement;
    return this;
  }

  /** The target that the header names; the block is solved for it. */
  public BlockDraft bits(int replacement) {
    bits = replacement;
    return this;
  }

  public BlockDraft coinbaseScript(Script replacement) {
    coinbaseScript = replacement;
    return this;
  }

  /** One more output of the coinbase. */
  public BlockDraft coinbaseOutput(TxOut output) {
    outputs.add(output);
    return this;
  }

  /** The coinbase has neither commitment nor witness. */
  public BlockDraft withoutCommitment() {
    committed = false;
    return this;
  }

  /** Changes the finished coinbase, before the merkle root is computed. */
  public BlockDraft changeCoinbase(UnaryOperator<Transaction> change) {
    coinbaseChange = change;
    return this;
  }

  /** Changes the list of all transactions, after the header was made for the right one. */
  public BlockDraft changeBody(UnaryOperator<List<Transaction>> change) {
    bodyChange = change;
    return this;
  }

  public BlockDraft merkleRoot(MerkleRoot replacement) {
    merkleRoot = replacement;
    return this;
  }

  /** The block with its proof of work. */
  public Block build() {
    List<Transaction> body = new ArrayList<>();
    body.add(coinbaseChange.apply(coinbase()));
    body.addAll(transactions);
    MerkleRoot root = merkleRoot != null ? merkleRoot : MerkleTree.ofTxids(body).root();
    BlockHeader header = new BlockHeader(version, previous, root, timeSeconds, bits, 0);
    return new Block(solve(header), bodyChange.apply(body));
  }

  private Transaction coinbase() {
    List<TxOut> all = new ArrayList<>();
    all.add(new TxOut(params.subsidy().at(height) + feesSat, payTo));
    all.addAll(outputs);
    TxIn input = new TxIn(OutPoint.NULL, coinbaseScript, Sequence.FINAL);
    Transaction bare = new Transaction(2, List.of(input), all, 0);
    if (!committed) {
      return bare;
    }
    List<Transaction> body = new ArrayList<>(List.of(bare));
    body.addAll(transactions);
    all.add(new TxOut(0, WitnessCommitment.script(body)));
    return new Transaction(2, List.of(input.withWitness(WitnessCommitment.RESERVED)), all, 0);
  }

  /** Searches a nonce, if the target is one that a test can meet. */
  private BlockHeader solve(BlockHeader header) {
    BlockHeader solved = header;
    var target = ProofOfWork.target(header.bits());
    while (target.isPresent() && ProofOfWork.asNumber(solved.hash()).compareTo(target.get()) > 0) {
      solved = solved.withNonce(solved.nonce() + 1);
    }
    return solved;
  }
}
