package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.*;

import java.util.Random;
import org.farthing.consensus.primitives.Script;

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
   * A program that leaves exactly one item, true unless it fails before.
   *
   * @param arguments how many items lie on the stack before
   */
  static Script program(Random random, int arguments) {
    ProgramGenerator generator = new ProgramGenerator(random, arguments);
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) {
      generator.instruction();
    }
    while (generator.depth > 0) {
      generator.out.op(OP_DROP);
      generator.depth--;
    }
    return generator.out.op(OP_1).build();
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
    if (random.nextInt(4) == 0) {
      out.push(data);
    } else {
      out.pushMinimal(data);
    }
    depth++;
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
      out.op(random.nextInt(8) == 0 ? OP_NOP1 : OP_NOP);
    } else {
      push();
    }
  }
}
