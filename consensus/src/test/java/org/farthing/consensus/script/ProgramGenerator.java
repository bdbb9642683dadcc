package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;

/** Random programs without signatures that mostly run to the end, and use every family. */
final class ProgramGenerator {
  private static final int[] MOVES = {
    OP_2DROP, OP_2DUP, OP_3DUP, OP_2OVER, OP_2ROT, OP_2SWAP, OP_DEPTH, OP_DROP, OP_DUP, OP_NIP,
    OP_OVER, OP_ROT, OP_SWAP, OP_TUCK, OP_SIZE
  };
  private static final int[] MOVE_EFFECTS = {-2, 2, 3, 2, 0, 0, 1, -1, 1, -1, 1, 0, 0, 1, 1};
  private static final int[] UNARY = {OP_1ADD, OP_1SUB, OP_NEGATE, OP_ABS, OP_NOT, OP_0NOTEQUAL};
  private static final int[] BINARY = {
    OP_ADD,
    OP_SUB,
    OP_BOOLAND,
    OP_BOOLOR,
    OP_NUMEQUAL,
    OP_NUMNOTEQUAL,
    OP_LESSTHAN,
    OP_GREATERTHAN,
    OP_LESSTHANOREQUAL,
    OP_GREATERTHANOREQUAL,
    OP_MIN,
    OP_MAX
  };
  private static final int[] HASHES = {OP_RIPEMD160, OP_SHA1, OP_SHA256, OP_HASH160, OP_HASH256};

  private final Random random;
  private final ScriptBuilder out = new ScriptBuilder();
  private int depth;

  private ProgramGenerator(Random random, int arguments) {
    this.random = random;
    this.depth = arguments;
  }

  /**
   * A program that leaves exactly one item, true unless it fails before: each result of it is
   * compared with ours, so that another engine fails where it computes something else.
   *
   * @param arguments what lies on the stack before, the top last
   */
  static Script program(Random random, SigVersion version, byte[]... arguments) {
    ProgramGenerator generator = new ProgramGenerator(random, arguments.length);
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      generator.instruction();
    }
    ScriptBuilder program = generator.out;
    for (byte[] result : results(program.build(), version, arguments)) {
      program.pushMinimal(result).op(OP_EQUALVERIFY);
    }
    return program.op(OP_1).build();
  }

  /** What it leaves on the stack, the top first; nothing where it fails. */
  private static List<byte[]> results(Script program, SigVersion version, byte[]... arguments) {
    ScriptStack stack = new ScriptStack();
    for (byte[] argument : arguments) {
      stack.push(argument);
    }
    ScriptFlags noLocks =
        ScriptFlags.MANDATORY
            .without(ScriptFlag.CHECKLOCKTIMEVERIFY)
            .without(ScriptFlag.CHECKSEQUENCEVERIFY);
    TxOut output = new TxOut(0, program);
    TxIn input = new TxIn(OutPoint.NULL, Script.EMPTY, 0);
    Transaction none = new Transaction(2, List.of(input), List.of(output), 0);
    SignatureChecker checker =
        new SignatureChecker(PrecomputedTransaction.of(none, List.of(output)), 0);
    TaprootContext taproot = TaprootContext.scriptPath(null, new byte[32], 0);
    Interpreter.Rules rules = new Interpreter.Rules(checker, noLocks, version, taproot);
    List<byte[]> results = new ArrayList<>();
    if (Interpreter.run(stack, program.toByteArray(), rules) == ScriptError.OK) {
      while (stack.size() > 0) {
        results.add(stack.pop());
      }
    }
    return results;
  }

  private void instruction() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> move();
      case 3 -> numbers(1).op(pick(UNARY));
      case 4 -> binary();
      case 5 -> within();
      case 6 -> hash();
      case 7 -> pickOrRoll();
      case 8 -> condition();
      case 9 -> altStack();
      case 10 -> verify();
      default -> anything();
    }
  }

  private int pick(int[] opcodes) {
    return opcodes[random.nextInt(opcodes.length)];
  }

  private void move() {
    int index = random.nextInt(MOVES.length);
    if (depth >= StackDepth.required(MOVES[index])) {
      out.op(MOVES[index]);
      depth += MOVE_EFFECTS[index];
    } else {
      push();
    }
  }

  private void push() {
    byte[] data = new byte[random.nextInt(8) == 0 ? random.nextInt(600) : random.nextInt(6)];
    random.nextBytes(data);
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> out.push(data);
      case 3 -> out.op(OP_PUSHDATA2).append(sized(2, data));
      case 4 -> out.op(OP_PUSHDATA4).append(sized(4, data));
      default -> out.pushMinimal(data);
    }
    depth++;
  }

  /** The length in so many bytes, little-endian, and the data. */
  private static byte[] sized(int lengthBytes, byte[] data) {
    ByteWriter out = new ByteWriter();
    for (int i = 0; i < lengthBytes; i++) {
      out.uint8(data.length >>> (8 * i) & 0xff);
    }
    return out.bytes(data).toByteArray();
  }

  private ScriptBuilder numbers(int count) {
    for (int i = 0; i < count; i++) {
      long bound = random.nextBoolean() ? 5 : 1L << 31;
      out.number(random.nextLong(-bound, bound + 1));
    }
    depth += count;
    return out;
  }

  private void binary() {
    numbers(2);
    if (random.nextInt(5) == 0) {
      int n = random.nextInt(1000);
      out.number(n).number(n).op(OP_NUMEQUALVERIFY);
    }
    out.op(pick(BINARY));
    depth--;
  }

  private void within() {
    numbers(3).op(OP_WITHIN);
    depth -= 2;
  }

  private void hash() {
    push();
    out.op(pick(HASHES));
  }

  private void pickOrRoll() {
    if (depth > 0) {
      boolean roll = random.nextBoolean();
      out.number(random.nextInt(depth + (random.nextInt(10) == 0 ? 1 : 0)));
      out.op(roll ? OP_ROLL : OP_PICK);
      depth += roll ? 0 : 1;
    }
  }

  /** Both branches push one item. */
  private void condition() {
    out.number(random.nextInt(10) == 0 ? 2 : random.nextInt(2));
    out.op(random.nextBoolean() ? OP_IF : OP_NOTIF).number(random.nextInt(20));
    if (random.nextBoolean()) {
      out.op(random.nextBoolean() ? OP_NOP : OP_CODESEPARATOR);
    }
    out.op(OP_ELSE).number(random.nextInt(20)).op(OP_ENDIF);
    depth++;
  }

  private void altStack() {
    push();
    out.op(OP_TOALTSTACK).op(OP_FROMALTSTACK);
  }

  private void verify() {
    byte[] data = {(byte) random.nextInt(256), 1};
    switch (random.nextInt(3)) {
      case 0 -> out.push(data).push(data).op(OP_EQUALVERIFY);
      case 1 -> out.push(data).op(OP_VERIFY);
      default -> {
        out.push(data).push(data).op(OP_EQUAL);
        depth++;
      }
    }
  }

  private void anything() {
    if (random.nextInt(4) == 0) {
      out.op(random.nextInt(256));
    } else if (random.nextBoolean()) {
      int[] reserved = {OP_NOP1, OP_NOP4, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, OP_NOP10};
      out.op(random.nextInt(8) == 0 ? pick(reserved) : OP_NOP);
    } else {
      push();
    }
  }
}
