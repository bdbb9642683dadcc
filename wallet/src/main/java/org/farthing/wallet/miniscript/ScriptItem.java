package org.farthing.wallet.miniscript;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptNum;

/**
 * An instruction of a script. One that verifies too is two: without that, and VERIFY.
 *
 * @param data that it pushes from the script
 */
record ScriptItem(int opcode, ByteString data) {
  /**
   * The instructions from the last to the first; empty where one is not in its shortest form, or
   * malformed.
   */
  static Optional<List<ScriptItem>> backwards(Script script) {
    List<ScriptItem> items = new ArrayList<>();
    Instructions in = new Instructions(script);
    while (in.next()) {
      boolean pushes = Opcode.isPushData(in.opcode()) && in.opcode() != Opcode.OP_0;
      if (pushes && !in.isMinimalPush()) {
        return Optional.empty();
      }
      int plain = withoutVerify(in.opcode());
      if (plain == in.opcode()) {
        if (hasVerifyForm(plain) && isVerify(script, in.position())) {
          return Optional.empty();
        }
        items.add(new ScriptItem(plain, pushes ? ByteString.of(in.data()) : ByteString.EMPTY));
      } else {
        items.add(new ScriptItem(plain, ByteString.EMPTY));
        items.add(new ScriptItem(Opcode.OP_VERIFY, ByteString.EMPTY));
      }
    }
    Collections.reverse(items);
    return in.isMalformed() ? Optional.empty() : Optional.of(items);
  }

  private static int withoutVerify(int opcode) {
    return switch (opcode) {
      case Opcode.OP_CHECKSIGVERIFY -> Opcode.OP_CHECKSIG;
      case Opcode.OP_CHECKMULTISIGVERIFY -> Opcode.OP_CHECKMULTISIG;
      case Opcode.OP_EQUALVERIFY -> Opcode.OP_EQUAL;
      case Opcode.OP_NUMEQUALVERIFY -> Opcode.OP_NUMEQUAL;
      default -> opcode;
    };
  }

  private static boolean hasVerifyForm(int opcode) {
    return switch (opcode) {
      case Opcode.OP_CHECKSIG, Opcode.OP_CHECKMULTISIG, Opcode.OP_EQUAL, Opcode.OP_NUMEQUAL -> true;
      default -> false;
    };
  }

  private static boolean isVerify(Script script, int position) {
    return position < script.size() && script.byteAt(position) == Opcode.OP_VERIFY;
  }

  /** The number that it pushes, if it is one of at most four bytes in its shortest form. */
  OptionalInt number() {
    if (opcode == Opcode.OP_0) {
      return OptionalInt.of(0);
    }
    if (Opcode.isSmallNumber(opcode)) {
      return OptionalInt.of(Opcode.smallNumber(opcode));
    }
    if (data.isEmpty()) {
      return OptionalInt.empty();
    }
    long value = ScriptNum.decode(data.toByteArray(), true, ScriptNum.MAX_SIZE);
    return value == ScriptNum.INVALID ? OptionalInt.empty() : OptionalInt.of((int) value);
  }

  boolean isNumber(int wanted) {
    OptionalInt number = number();
    return number.isPresent() && number.getAsInt() == wanted;
  }
}
