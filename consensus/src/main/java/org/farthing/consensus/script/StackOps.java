package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.*;

import java.util.Arrays;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Sha1;
import org.farthing.consensus.crypto.Sha256;

/** The instructions that move, compare and hash items of the stack, whatever they mean. */
final class StackOps {
  private StackOps() {}

  /** The families that cannot fail once enough items are there. */
  static ScriptError move(int opcode, ScriptStack stack) {
    switch (opcode) {
      case OP_2DROP -> stack.drop(2);
      case OP_2DUP -> stack.duplicate(2);
      case OP_3DUP -> stack.duplicate(3);
      case OP_2OVER -> stack.over2();
      case OP_2ROT -> stack.rotate2();
      case OP_2SWAP -> stack.swap2();
      case OP_IFDUP -> ifDuplicate(stack);
      case OP_DEPTH -> stack.push((long) stack.size());
      case OP_DROP -> stack.drop(1);
      case OP_DUP -> stack.duplicate(1);
      case OP_NIP -> stack.remove(1);
      case OP_OVER -> stack.pick(1);
      case OP_ROT -> stack.rotate();
      case OP_SWAP -> stack.swap();
      case OP_TUCK -> stack.tuck();
      case OP_SIZE -> stack.push((long) stack.peek(0).length);
      default -> throw new AssertionError("no move: " + opcode);
    }
    return ScriptError.OK;
  }

  /** {@code [… x] -> [… x x]} if true, else {@code [… x] -> [… x]} */
  private static void ifDuplicate(ScriptStack stack) {
    if (ScriptNum.isTrue(stack.peek(0))) {
      stack.duplicate(1);
    }
  }

  /**
   * PICK: {@code [… xn … x1 x0 n] -> [… xn … x1 x0 xn]}; ROLL: {@code [… xn … x1 x0 n] -> [… … x1
   * x0 xn]}
   */
  static ScriptError pickOrRoll(int opcode, ScriptStack stack, boolean minimal) {
    long depth = ScriptNum.decode(stack.peek(0), minimal, ScriptNum.MAX_SIZE);
    if (depth == ScriptNum.INVALID) {
      return ScriptError.SCRIPTNUM;
    }
    if (depth < 0 || depth >= stack.size() - 1) {
      return ScriptError.INVALID_STACK_OPERATION;
    }
    stack.drop(1);
    if (opcode == OP_PICK) {
      stack.pick((int) depth);
    } else {
      stack.roll((int) depth);
    }
    return ScriptError.OK;
  }

  /** {@code [… x1 x2] -> [… bool]} */
  static void equal(ScriptStack stack) {
    byte[] second = stack.pop();
    stack.push(Arrays.equals(stack.pop(), second));
  }

  /** {@code [… x] -> [… hash]} */
  static ScriptError hash(int opcode, ScriptStack stack) {
    byte[] data = stack.pop();
    byte[] hash =
        switch (opcode) {
          case OP_RIPEMD160 -> Hash160.ripemd160(data);
          case OP_SHA1 -> Sha1.hash(data);
          case OP_SHA256 -> Sha256.hash(data);
          case OP_HASH160 -> Hash160.hash(data);
          case OP_HASH256 -> Sha256.doubleHash(data);
          default -> throw new AssertionError("no hash: " + opcode);
        };
    stack.push(hash);
    return ScriptError.OK;
  }
}
