package org.farthing.consensus.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.consensus.primitives.MerkleRoot;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;

/**
 * The output of a coinbase that commits to the witnesses of a block: {@code OP_RETURN}, a push of
 * 36 bytes, {@code aa21a9ed}, then the double SHA-256 of the witness merkle root and the reserved
 * value (BIP-0141).
 */
public final class WitnessCommitment {
  /** The reserved value that miners use: 32 zero bytes, the only item of the coinbase's witness. */
  public static final Witness RESERVED = Witness.of(new byte[Hash256.SIZE]);

  private static final byte[] PREFIX = Hex.constant("6a24aa21a9ed");
  private static final int MIN_SIZE = PREFIX.length + Hash256.SIZE;

  private WitnessCommitment() {}

  /**
   * The script of the output that commits to the witnesses of a block's transactions, for a
   * coinbase whose witness is {@link #RESERVED}.
   *
   * @param transactions all of the block; the first, the coinbase, counts for nothing but its place
   */
  public static Script script(List<Transaction> transactions) {
    return Script.of(
        new ByteWriter(MIN_SIZE)
            .bytes(PREFIX)
            .bytes(commitment(MerkleTree.ofWtxids(transactions), RESERVED.item(0)))
            .toByteArray());
  }

  /**
   * The block with the usual reserved value in its coinbase, if it commits to witnesses and the
   * coinbase has none; else the block itself.
   */
  public static Block withReservedValue(Block block) {
    if (block.transactions().isEmpty()) {
      return block;
    }
    Transaction coinbase = block.transactions().get(0);
    if (coinbase.hasWitness() || coinbase.inputs().isEmpty() || indexIn(coinbase).isEmpty()) {
      return block;
    }
    List<TxIn> inputs = new ArrayList<>(coinbase.inputs());
    inputs.set(0, inputs.get(0).withWitness(RESERVED));
    List<Transaction> transactions = new ArrayList<>(block.transactions());
    transactions.set(
        0, new Transaction(coinbase.version(), inputs, coinbase.outputs(), coinbase.lockTime()));
    return new Block(block.header(), transactions);
  }

  /**
   * Whether the witnesses of a block are those that its coinbase commits to.
   *
   * @param expected segregated witness is in force; else no transaction may have a witness
   */
  static Verdict check(Block block, boolean expected) {
    List<Transaction> transactions = block.transactions();
    Transaction coinbase = transactions.get(0);
    OptionalInt index = expected ? indexIn(coinbase) : OptionalInt.empty();
    if (index.isEmpty()) {
      return transactions.stream().anyMatch(Transaction::hasWitness)
          ? Verdict.rejected(
              RejectReason.UNEXPECTED_WITNESS,
              "CheckWitnessMalleation : unexpected witness data found")
          : Verdict.accepted();
    }
    Witness reserved = coinbase.inputs().get(0).witness();
    if (reserved.size() != 1 || reserved.itemSize(0) != Hash256.SIZE) {
      return Verdict.rejected(
          RejectReason.BAD_WITNESS_NONCE_SIZE,
          "CheckWitnessMalleation : invalid witness reserved value size");
    }
    Script commitment = coinbase.outputs().get(index.getAsInt()).scriptPubKey();
    byte[] committed = commitment.slice(PREFIX.length, MIN_SIZE);
    return Arrays.equals(committed, commitment(block.witnessRoot(), reserved.item(0)))
        ? Verdict.accepted()
        : Verdict.rejected(
            RejectReason.BAD_WITNESS_MERKLE_MATCH,
            "CheckWitnessMalleation : witness merkle commitment mismatch");
  }

  /** The last output that looks like a commitment. */
  static OptionalInt indexIn(Transaction coinbase) {
    for (int i = coinbase.outputs().size() - 1; i >= 0; i--) {
      if (isCommitment(coinbase.outputs().get(i).scriptPubKey())) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isCommitment(Script script) {
    if (script.size() < MIN_SIZE) {
      return false;
    }
    for (int i = 0; i < PREFIX.length; i++) {
      if (script.byteAt(i) != (PREFIX[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] commitment(MerkleRoot witnessRoot, byte[] reserved) {
    ByteWriter data = new ByteWriter(2 * Hash256.SIZE);
    witnessRoot.writeTo(data);
    return Sha256.doubleHash(data.bytes(reserved).toByteArray());
  }
}
