package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.*;

/** The instructions that take items of the stack for numbers. */
final class NumberOps {
  private NumberOps() {}

  /** {@code [… a] -> [… result]} */
  static ScriptError unary(int opcode, ScriptStack stack, boolean minimal) {
    long a = operand(stack, 0, minimal);
    if (a == ScriptNum.INVALID) {
      return ScriptError.SCRIPTNUM;
    }
    long result =
        switch (opcode) {
          case OP_1ADD -> a + 1;
          case OP_1SUB -> a - 1;
          case OP_NEGATE -> -a;
          case OP_ABS -> Math.abs(a);
          case OP_NOT -> bool(a == 0);
          case OP_0NOTEQUAL -> bool(a != 0);
          default -> throw new AssertionError("no arithmetic: " + opcode);
        };
    return replace(stack, 1, result);
  }

  /** {@code [… a b] -> [… result]} */
  static ScriptError binary(int opcode, ScriptStack stack, boolean minimal) {
    long a = operand(stack, 1, minimal);
    long b = operand(stack, 0, minimal);
    if (a == ScriptNum.INVALID || b == ScriptNum.INVALID) {
      return ScriptError.SCRIPTNUM;
    }
    long result =
        switch (opcode) {
          case OP_ADD -> a + b;
          case OP_SUB -> a - b;
          case OP_BOOLAND -> bool(a != 0 && b != 0);
          case OP_BOOLOR -> bool(a != 0 || b != 0);
          case OP_NUMEQUAL, OP_NUMEQUALVERIFY -> bool(a == b);
          case OP_NUMNOTEQUAL -> bool(a != b);
          case OP_LESSTHAN -> bool(a < b);
          case OP_GREATERTHAN -> bool(a > b);
          case OP_LESSTHANOREQUAL -> bool(a <= b);
          case OP_GREATERTHANOREQUAL -> bool(a >= b);
          case OP_MIN -> Math.min(a, b);
          case OP_MAX -> Math.max(a, b);
          default -> throw new AssertionError("no arithmetic: " + opcode);
        };
    return replace(stack, 2, result);
  }

  /** {@code [… x min max] -> [… bool]}: whether x is at least min and below max. */
  static ScriptError within(ScriptStack stack, boolean minimal) {
    long x = operand(stack, 2, minimal);
    long min = operand(stack, 1, minimal);
    long max = operand(stack, 0, minimal);
    if (x == ScriptNum.INVALID || min == ScriptNum.INVALID || max == ScriptNum.INVALID) {
      return ScriptError.SCRIPTNUM;
    }
    return replace(stack, 3, bool(min <= x && x < max));
  }

  private static long operand(ScriptStack stack, int depth, boolean minimal) {
    return ScriptNum.decode(stack.peek(depth), minimal, ScriptNum.MAX_SIZE);
  }

  private static ScriptError replace(ScriptStack stack, int operands, long result) {
    stack.drop(operands);
    stack.push(result);
    return ScriptError.OK;
  }

  private static long bool(boolean value) {
    return value ? 1 : 0;
  }
}
