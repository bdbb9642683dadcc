package org.farthing.consensus.validation;

import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.script.SigOps;

/** The rules for the bodies of blocks, as far as they need no coins. */
public final class BlockChecks {
  /** The greatest weight of a block (BIP-0141). */
  public static final int MAX_WEIGHT = 4_000_000;

  /** The greatest cost of a block's signature operations (BIP-0141). */
  public static final int MAX_SIGOP_COST = 80_000;

  /** The bytes of two hashes, which an inner node of a merkle tree is the hash of. */
  private static final int INNER_NODE_SIZE = 64;

  private BlockChecks() {}

  /** What can be said of a body alone; proof of work is {@link HeaderChecks}'s. */
  public static Verdict inIsolation(Block block) {
    // First whether it is the body that the header names: nothing else may condemn the header.
    Verdict verdict = bodyIsTheHeaders(block);
    if (verdict.isAccepted()) {
      verdict = structure(block);
    }
    for (Transaction tx : block.transactions()) {
      if (!verdict.isAccepted()) {
        break;
      }
      verdict = transaction(tx);
    }
    return verdict.isAccepted() ? legacySigOps(block) : verdict;
  }

  /** Counts too few: those of P2SH and of witnesses are not known without the coins. */
  private static Verdict legacySigOps(Block block) {
    long count = block.transactions().stream().mapToLong(SigOps::legacy).sum();
    return count * Transaction.WITNESS_SCALE_FACTOR > MAX_SIGOP_COST
        ? Verdict.rejected(RejectReason.BAD_BLK_SIGOPS, "out-of-bounds SigOpCount")
        : Verdict.accepted();
  }

  private static Verdict bodyIsTheHeaders(Block block) {
    MerkleTree.Result merkle = block.merkle();
    if (!merkle.root().equals(block.header().merkleRoot())) {
      return Verdict.rejected(RejectReason.BAD_TXNMRKLROOT, "hashMerkleRoot mismatch");
    }
    return merkle.mutated()
        ? Verdict.rejected(RejectReason.BAD_TXNS_DUPLICATE, "duplicate transaction")
        : Verdict.accepted();
  }

  /**
   * The body is not the one that the header commits to, as far as that can be told without the
   * chain: another body for the same header may be valid. A block whose first transaction is no
   * coinbase may be one whose inner nodes of the merkle tree are passed off as transactions; it is
   * invalid in any case.
   *
   * @param segwit whether witnesses have to be committed to at its height
   */
  public static boolean isMutated(Block block, boolean segwit) {
    if (!bodyIsTheHeaders(block).isAccepted()) {
      return true;
    }
    List<Transaction> transactions = block.transactions();
    boolean hasCoinbase = !transactions.isEmpty() && transactions.get(0).isCoinbase();
    return !hasCoinbase
        ? transactions.stream().anyMatch(tx -> tx.baseSize() == INNER_NODE_SIZE)
        : !WitnessCommitment.check(block, segwit).isAccepted();
  }

  private static Verdict structure(Block block) {
    List<Transaction> transactions = block.transactions();
    long count = transactions.size();
    if (count == 0
        || count * Transaction.WITNESS_SCALE_FACTOR > MAX_WEIGHT
        || (long) block.baseSize() * Transaction.WITNESS_SCALE_FACTOR > MAX_WEIGHT) {
      return Verdict.rejected(RejectReason.BAD_BLK_LENGTH, "size limits failed");
    }
    if (!transactions.get(0).isCoinbase()) {
      return Verdict.rejected(RejectReason.BAD_CB_MISSING, "first tx is not coinbase");
    }
    return transactions.stream().skip(1).anyMatch(Transaction::isCoinbase)
        ? Verdict.rejected(RejectReason.BAD_CB_MULTIPLE, "more than one coinbase")
        : Verdict.accepted();
  }

  private static Verdict transaction(Transaction tx) {
    if (TxChecks.inIsolation(tx) instanceof Verdict.Rejected rejected) {
      return Verdict.rejected(
          rejected.reason(),
          "Transaction check failed (tx hash %s) %s".formatted(tx.txid(), rejected.detail()));
    }
    return Verdict.accepted();
  }

  /**
   * Lock times, height, witnesses and weight of a body that passed {@link #inIsolation}, given the
   * chain before.
   */
  public static Verdict inHeaderContext(
      Block block, HeaderContext context, ConsensusParams params) {
    int height = context.height();
    long cutoffSeconds =
        params.isActive(Deployment.CSV, height)
            ? context.medianTimePast()
            : block.header().timeSeconds();
    for (Transaction tx : block.transactions()) {
      Verdict verdict = TxChecks.inHeaderContext(tx, height, cutoffSeconds);
      if (!verdict.isAccepted()) {
        return verdict;
      }
    }
    Transaction coinbase = block.transactions().get(0);
    if (params.isActive(Deployment.BIP34, height)
        && !CoinbaseHeight.isAtStartOf(coinbase.inputs().get(0).scriptSig(), height)) {
      return Verdict.rejected(RejectReason.BAD_CB_HEIGHT, "block height mismatch in coinbase");
    }
    Verdict witness = WitnessCommitment.check(block, params.isActive(Deployment.SEGWIT, height));
    if (!witness.isAccepted()) {
      return witness;
    }
    // Only now: before, anybody could have made the block too heavy by the coinbase's witness.
    return block.weight() > MAX_WEIGHT
        ? Verdict.rejected(
            RejectReason.BAD_BLK_WEIGHT, "ContextualCheckBlock : weight limit failed")
        : Verdict.accepted();
  }
}
