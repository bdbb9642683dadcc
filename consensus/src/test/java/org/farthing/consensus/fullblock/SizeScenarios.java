package org.farthing.consensus.fullblock;

import static org.farthing.consensus.validation.RejectReason.BAD_BLK_LENGTH;
import static org.farthing.consensus.validation.RejectReason.BAD_BLK_WEIGHT;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.Opcode;
import org.farthing.testing.BlockDraft;

/** Weight and size. Each boundary is found by making a block, and then one that is larger. */
final class SizeScenarios {
  private static final int MAX_WEIGHT = 4_000_000;
  private static final int MAX_BASE_SIZE = 1_000_000;

  /** Nobody knows what a witness for version 2 means, so there may be anything in it. */
  private static final Script UNKNOWN_PROGRAM = Script.of(Hex.constant("5220" + "01".repeat(32)));

  private SizeScenarios() {}

  static List<Scenario> all() {
    return List.of(withoutWitness(), weightOfTheBase(), weightOfWitnesses(), manyTransactions());
  }

  /** A block whose weight or size differs from {@code wanted} by nothing. */
  private static BlockDraft fitted(
      int wanted, int perByte, ToIntFunction<Block> measure, IntFunction<BlockDraft> padded) {
    int guess = wanted / perByte / 2;
    int missing = wanted - measure.applyAsInt(padded.apply(guess).build());
    BlockDraft draft = padded.apply(guess + missing / perByte);
    if (measure.applyAsInt(draft.build()) != wanted) {
      throw new AssertionError("cannot make a block of " + wanted);
    }
    return draft;
  }

  private static TxOut padding(int size) {
    return new TxOut(0, Scripts.repeat(Opcode.OP_RETURN, size));
  }

  /** Neither commitment nor witness: the weight is four times the size. */
  private static Scenario withoutWitness() {
    ScenarioWriter to = ScenarioWriter.regtest("a million bytes without witness");
    IntFunction<BlockDraft> padded =
        size -> to.next().withoutCommitment().coinbaseOutput(padding(size));
    to.refuseBody(
        "1,000,001 bytes", BAD_BLK_LENGTH, fitted(MAX_BASE_SIZE + 1, 1, Block::baseSize, padded));
    to.accept("1,000,000 bytes", fitted(MAX_BASE_SIZE, 1, Block::baseSize, padded));
    to.tip("1,000,000 bytes");
    return to.done();
  }

  /** The coinbase's own witness weighs 36, so that the limit is met by the bytes without it. */
  private static Scenario weightOfTheBase() {
    ScenarioWriter to = ScenarioWriter.regtest("weight, by bytes that count four times");
    IntFunction<BlockDraft> padded = size -> to.next().coinbaseOutput(padding(size));
    to.invalid("4,000,004", BAD_BLK_WEIGHT, fitted(MAX_WEIGHT + 4, 4, Block::weight, padded));
    to.refuseBody(
        "1,000,001 bytes without the witness",
        BAD_BLK_LENGTH,
        fitted(MAX_BASE_SIZE + 1, 1, Block::baseSize, padded));
    to.accept("4,000,000", fitted(MAX_WEIGHT, 4, Block::weight, padded));
    to.tip("4,000,000");
    return to.done();
  }

  private static Scenario weightOfWitnesses() {
    ScenarioWriter to = ScenarioWriter.regtest("weight, by bytes that count once");
    Transaction funding = to.fund(UNKNOWN_PROGRAM);
    IntFunction<BlockDraft> padded =
        size ->
            to.next()
                .with(Tx.spending(funding.outPoint(0)).witness(new byte[size]).output(1).build());
    to.invalid("4,000,001", BAD_BLK_WEIGHT, fitted(MAX_WEIGHT + 1, 1, Block::weight, padded));
    to.accept("4,000,000", fitted(MAX_WEIGHT, 1, Block::weight, padded));
    to.tip("4,000,000");
    return to.done();
  }

  /** So many that their number takes three bytes on the wire. */
  private static Scenario manyTransactions() {
    ScenarioWriter to = ScenarioWriter.regtest("252, 253 and 300 transactions");
    for (int count : new int[] {252, 253, 300}) {
      TxOut[] outputs = new TxOut[count - 2];
      Arrays.fill(outputs, new TxOut(Tx.SAT, BlockDraft.ANYONE));
      Transaction fan = to.pay(outputs);
      BlockDraft draft = to.next().with(fan);
      for (int i = 0; i < outputs.length; i++) {
        draft.with(Tx.spending(fan.outPoint(i)).output(i).build());
      }
      to.accept(count + " transactions", draft);
    }
    to.tip("300 transactions");
    return to.done();
  }
}
