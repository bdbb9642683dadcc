package org.farthing.consensus.fullblock;

import java.util.Arrays;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Opcode;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;

/** Scripts that many scenarios use. */
final class Scripts {
  private Scripts() {}

  /** One byte, again and again. */
  static Script repeat(int opcode, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) opcode);
    return Script.of(bytes);
  }

  static Script concat(Script... parts) {
    ScriptBuilder builder = new ScriptBuilder();
    for (Script part : parts) {
      builder.append(part);
    }
    return builder.build();
  }

  /** Leaves true on the stack, and holds instructions that are never executed. */
  static Script withDeadCode(Script dead) {
    return new ScriptBuilder()
        .op(Opcode.OP_0)
        .op(Opcode.OP_IF)
        .append(dead)
        .op(Opcode.OP_ENDIF)
        .op(Opcode.OP_1)
        .build();
  }

  static Script p2sh(Script redeem) {
    return ScriptPattern.p2sh(Hash160.hash(redeem.toByteArray()));
  }

  /** Pushes one script. */
  static Script push(Script script) {
    return new ScriptBuilder().push(script).build();
  }
}
