package org.farthing.consensus.script;

import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.Script;

/** Writes a script instruction by instruction. */
public final class ScriptBuilder {
  private final ByteWriter out = new ByteWriter();

  /** One instruction; see {@link Opcode}. */
  public ScriptBuilder op(int opcode) {
    out.uint8(opcode);
    return this;
  }

  /**
   * Pushes bytes as they are, with the shortest length prefix: also a single byte that has an
   * opcode of its own is pushed with its length.
   */
  public ScriptBuilder push(byte[] data) {
    int size = data.length;
    if (size < Opcode.OP_PUSHDATA1) {
      out.uint8(size);
    } else if (size <= 0xff) {
      out.uint8(Opcode.OP_PUSHDATA1).uint8(size);
    } else if (size <= 0xffff) {
      out.uint8(Opcode.OP_PUSHDATA2).uint16(size);
    } else {
      out.uint8(Opcode.OP_PUSHDATA4).int32(size);
    }
    out.bytes(data);
    return this;
  }

  public ScriptBuilder push(Script script) {
    return push(script.toByteArray());
  }

  /** Pushes a number in its shortest form: zero is the empty push, -1 and 1 to 16 have opcodes. */
  public ScriptBuilder number(long value) {
    if (value == -1) {
      return op(Opcode.OP_1NEGATE);
    }
    if (value >= 1 && value <= 16) {
      return op(Opcode.ofSmallNumber((int) value));
    }
    return push(ScriptNum.encode(value));
  }

  /**
   * Pushes bytes in the shortest form that there is, with an opcode of its own where it has one.
   */
  public ScriptBuilder pushMinimal(byte[] data) {
    if (data.length == 1) {
      int value = data[0] & 0xff;
      if (value >= 1 && value <= 16) {
        return op(Opcode.ofSmallNumber(value));
      }
      if (value == 0x81) {
        return op(Opcode.OP_1NEGATE);
      }
    }
    return push(data);
  }

  /** The bytes of another script, as they are. */
  public ScriptBuilder append(Script script) {
    out.bytes(script.toByteArray());
    return this;
  }

  public ScriptBuilder append(byte[] bytes) {
    out.bytes(bytes);
    return this;
  }

  public Script build() {
    return Script.of(out.toByteArray());
  }
}
