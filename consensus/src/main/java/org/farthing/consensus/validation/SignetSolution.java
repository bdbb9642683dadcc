package org.farthing.consensus.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleTree;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptError;
import org.farthing.consensus.script.ScriptFlag;
import org.farthing.consensus.script.ScriptFlags;
import org.farthing.consensus.script.ScriptVerifier;

/**
 * The solution of a signet block (BIP-0325): an input that satisfies the network's challenge, in a
 * transaction which stands for the block. It travels in the output that commits to the witnesses,
 * in a push that begins with {@code ecc7daa2}. What it signs is the block without it.
 */
public final class SignetSolution {
  private static final byte[] HEADER = Hex.constant("ecc7daa2");
  private static final ScriptFlags FLAGS =
      ScriptFlags.of(ScriptFlag.P2SH, ScriptFlag.WITNESS, ScriptFlag.DERSIG, ScriptFlag.NULLDUMMY);
  private static final Script OP_RETURN = new ScriptBuilder().op(Opcode.OP_RETURN).build();

  private SignetSolution() {}

  /** Whether the block satisfies its network's challenge, if that has one. */
  public static Verdict check(Block block, ConsensusParams params) {
    if (params.blockChallenge().isEmpty() || block.hash().equals(params.genesis().hash())) {
      return Verdict.accepted();
    }
    return isSolved(block, params.blockChallenge().get())
        ? Verdict.accepted()
        : Verdict.rejected(
            RejectReason.BAD_SIGNET_BLKSIG, "signet block signature validation failure");
  }

  private static boolean isSolved(Block block, Script challenge) {
    List<Transaction> transactions = block.transactions();
    OptionalInt index =
        transactions.isEmpty()
            ? OptionalInt.empty()
            : WitnessCommitment.indexIn(transactions.get(0));
    if (index.isEmpty()) {
      return false;
    }
    Split split = split(transactions.get(0).outputs().get(index.getAsInt()).scriptPubKey());
    List<Transaction> unsolved = new ArrayList<>(transactions);
    unsolved.set(0, withScript(transactions.get(0), index.getAsInt(), split.rest()));
    Transaction toSpend = toSpend(block.header(), unsolved, challenge);
    try {
      Transaction spending = spending(toSpend, split.solution());
      PrecomputedTransaction precomputed = PrecomputedTransaction.of(spending, toSpend.outputs());
      return ScriptVerifier.verify(precomputed, 0, FLAGS) == ScriptError.OK;
    } catch (DecodeException e) {
      return false;
    }
  }

  /**
   * A commitment taken apart.
   *
   * @param solution scriptSig and witness, or nothing, which does for a challenge that anybody
   *     satisfies
   * @param rest the commitment without the solution
   */
  private record Split(Script solution, Script rest) {}

  /** Takes the solution out of the first push that has one; its header stays. */
  private static Split split(Script commitment) {
    Script solution = null;
    ScriptBuilder rest = new ScriptBuilder();
    Instructions instructions = new Instructions(commitment);
    while (instructions.next()) {
      byte[] data = instructions.data();
      if (data.length == 0) {
        rest.op(instructions.opcode());
      } else if (solution == null && hasSolution(data)) {
        solution = Script.of(Arrays.copyOfRange(data, HEADER.length, data.length));
        rest.push(HEADER);
      } else {
        rest.push(data);
      }
    }
    return solution == null
        ? new Split(Script.EMPTY, commitment)
        : new Split(solution, rest.build());
  }

  private static boolean hasSolution(byte[] data) {
    return data.length > HEADER.length
        && Arrays.equals(data, 0, HEADER.length, HEADER, 0, HEADER.length);
  }

  private static Transaction withScript(Transaction coinbase, int index, Script script) {
    List<TxOut> outputs = new ArrayList<>(coinbase.outputs());
    outputs.set(index, new TxOut(outputs.get(index).valueSat(), script));
    return new Transaction(coinbase.version(), coinbase.inputs(), outputs, coinbase.lockTime());
  }

  /** Its output has the challenge, its input names the block. */
  private static Transaction toSpend(
      BlockHeader header, List<Transaction> transactions, Script challenge) {
    ByteWriter data = new ByteWriter().int32(header.version());
    header.previous().writeTo(data);
    MerkleTree.ofTxids(transactions).root().writeTo(data);
    data.uint32(header.timeSeconds());
    Script naming = new ScriptBuilder().op(Opcode.OP_0).push(data.toByteArray()).build();
    return new Transaction(
        0, List.of(new TxIn(OutPoint.NULL, naming, 0)), List.of(new TxOut(0, challenge)), 0);
  }

  /**
   * @throws DecodeException if the solution is not a scriptSig and a witness
   */
  private static Transaction spending(Transaction toSpend, Script solution) throws DecodeException {
    TxIn input = new TxIn(toSpend.outPoint(0), Script.EMPTY, 0);
    if (!solution.isEmpty()) {
      ByteReader in = new ByteReader(solution.toByteArray());
      input = input.withScriptSig(Script.read(in)).withWitness(Witness.read(in));
      in.expectEnd();
    }
    return new Transaction(0, List.of(input), List.of(new TxOut(0, OP_RETURN)), 0);
  }
}
