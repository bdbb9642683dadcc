package org.farthing.consensus.script;

import org.farthing.consensus.primitives.Script;

/** A script in the making that knows its last code separator. */
final class SeparatedScript {
  private final ScriptBuilder out = new ScriptBuilder();
  private int instructions;
  private Lock.Separator last = Lock.Separator.NONE;

  SeparatedScript op(int opcode) {
    out.op(opcode);
    instructions++;
    return this;
  }

  SeparatedScript push(byte[] data) {
    out.push(data);
    instructions++;
    return this;
  }

  /** A code separator that will be executed. */
  SeparatedScript separator() {
    op(Opcode.OP_CODESEPARATOR);
    last = new Lock.Separator(build().size(), instructions - 1);
    return this;
  }

  Lock.Separator last() {
    return last;
  }

  Script build() {
    return out.build();
  }
}
