package org.farthing.consensus.script;

import java.util.Arrays;
import org.farthing.consensus.primitives.Script;

/**
 * Walks over the instructions of a script without copying it. {@link #next} goes to the following
 * instruction; where it answers {@code false} the script has ended, or, if {@link #isMalformed}, a
 * push announces more bytes than there are.
 */
public final class Instructions {
  /** Up to so many bytes, and none with OP_0, are pushed by the opcode that is their number. */
  private static final int MAX_DIRECT_PUSH = 75;

  private final byte[] script;
  private int position;
  private int opcode;
  private int dataStart;
  private int dataSize;
  private boolean malformed;

  public Instructions(Script script) {
    this(script.toByteArray());
  }

  /** Does not copy the array, and does not change it. */
  Instructions(byte[] script) {
    this.script = script;
  }

  public boolean next() {
    if (position >= script.length || malformed) {
      return false;
    }
    opcode = script[position++] & 0xff;
    dataSize = 0;
    dataStart = position;
    if (opcode <= Opcode.OP_PUSHDATA4 && opcode != Opcode.OP_0 && !readPush()) {
      opcode = Opcode.OP_INVALIDOPCODE;
      malformed = true;
      return false;
    }
    return true;
  }

  private boolean readPush() {
    int lengthBytes =
        switch (opcode) {
          case Opcode.OP_PUSHDATA1 -> 1;
          case Opcode.OP_PUSHDATA2 -> 2;
          case Opcode.OP_PUSHDATA4 -> 4;
          default -> 0;
        };
    if (lengthBytes > script.length - position) {
      return false;
    }
    long size = lengthBytes == 0 ? opcode : 0;
    for (int i = 0; i < lengthBytes; i++) {
      size |= (script[position++] & 0xffL) << (8 * i);
    }
    if (size > script.length - position) {
      return false;
    }
    dataStart = position;
    dataSize = (int) size;
    position += dataSize;
    return true;
  }

  /** Whether the walk ended at a push of more bytes than there are. */
  public boolean isMalformed() {
    return malformed;
  }

  /** The instruction just read. */
  public int opcode() {
    return opcode;
  }

  /** The number of bytes that the instruction pushes from the script. */
  public int dataSize() {
    return dataSize;
  }

  /** A copy of the bytes that the instruction pushes from the script. */
  public byte[] data() {
    return Arrays.copyOfRange(script, dataStart, dataStart + dataSize);
  }

  /** Where the next instruction begins. */
  public int position() {
    return position;
  }

  /** Goes to an instruction's beginning. */
  void jump(int target) {
    position = target;
  }

  /** Whether no shorter instruction pushes the same bytes (BIP-0062 rule 3). */
  public boolean isMinimalPush() {
    if (dataSize == 1 && hasOwnOpcode(script[dataStart] & 0xff)) {
      return false;
    }
    if (dataSize <= MAX_DIRECT_PUSH) {
      return opcode == dataSize;
    }
    if (dataSize <= 0xff) {
      return opcode == Opcode.OP_PUSHDATA1;
    }
    return dataSize > 0xffff || opcode == Opcode.OP_PUSHDATA2;
  }

  private static boolean hasOwnOpcode(int value) {
    return (value >= 1 && value <= 16) || value == 0x81;
  }
}
