package org.farthing.node.mining;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.validation.CoinbaseHeight;
import org.farthing.consensus.validation.WitnessCommitment;

/**
 * The first transaction of a block that is being made, byte for byte as Bitcoin Core makes it; with
 * an extra nonce there is one more push at the end of its script.
 *
 * @param height of the block
 * @param rewardSat subsidy and fees
 * @param payout where they go
 * @param witness commit to the witnesses of the block (BIP-0141)
 */
public record Coinbase(int height, long rewardSat, Script payout, boolean witness) {
  private static final int VERSION = 2;

  /** Up to this height the height's push has one byte, and a script needs two. */
  private static final int LAST_HEIGHT_OF_ONE_BYTE = 16;

  private static final int OP_0 = 0;

  Coinbase paying(Script other) {
    return new Coinbase(height, rewardSat, other, witness);
  }

  /**
   * @param others the block's transactions without the coinbase
   * @param extraNonce what makes the searches of several threads different
   */
  Transaction before(List<Transaction> others, OptionalLong extraNonce) {
    List<TxOut> outputs = new ArrayList<>();
    outputs.add(new TxOut(rewardSat, payout));
    TxIn input = new TxIn(OutPoint.NULL, script(extraNonce), Sequence.MAX_NON_FINAL);
    if (witness) {
      outputs.add(new TxOut(0, commitment(others, input)));
      input = input.withWitness(WitnessCommitment.RESERVED);
    }
    // The lock time makes a coinbase invalid in any earlier block, and so unique.
    return new Transaction(VERSION, List.of(input), outputs, height - 1);
  }

  /**
   * A block that lacks nothing but its proof of work; its nonce is zero.
   *
   * @param others see {@link #before}
   * @param extraNonce see {@link #before}
   */
  public Block blockOn(
      BlockHash parent,
      List<Transaction> others,
      OptionalLong extraNonce,
      BlockTemplate.HeaderFields fields) {
    List<Transaction> all = new ArrayList<>(others.size() + 1);
    all.add(before(others, extraNonce));
    all.addAll(others);
    return new Block(
        new BlockHeader(
            fields.version(),
            parent,
            MerkleTree.ofTxids(all).root(),
            fields.timeSeconds(),
            fields.bits(),
            0),
        all);
  }

  /** The coinbase itself counts as zero in the commitment: any transaction can hold its place. */
  private static Script commitment(List<Transaction> others, TxIn input) {
    Transaction placeholder =
        new Transaction(VERSION, List.of(input.withWitness(Witness.EMPTY)), List.of(), 0);
    List<Transaction> all = new ArrayList<>(List.of(placeholder));
    all.addAll(others);
    return WitnessCommitment.script(all);
  }

  private Script script(OptionalLong extraNonce) {
    ByteWriter script = new ByteWriter().bytes(CoinbaseHeight.push(height).toByteArray());
    if (height <= LAST_HEIGHT_OF_ONE_BYTE) {
      script.uint8(OP_0);
    }
    extraNonce.ifPresent(value -> script.uint8(Long.BYTES).int64(value));
    return Script.of(script.toByteArray());
  }
}
