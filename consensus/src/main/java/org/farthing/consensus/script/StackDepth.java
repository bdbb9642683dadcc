package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.*;

/** How many items an instruction needs on the stack, for those that always need as many. */
final class StackDepth {
  private static final byte[] REQUIRED = new byte[256];

  static {
    require(1, OP_VERIFY, OP_TOALTSTACK, OP_IFDUP, OP_DROP, OP_DUP, OP_SIZE);
    require(2, OP_2DROP, OP_2DUP, OP_NIP, OP_OVER, OP_PICK, OP_ROLL, OP_SWAP, OP_TUCK);
    require(3, OP_3DUP, OP_ROT);
    require(4, OP_2OVER, OP_2SWAP);
    require(6, OP_2ROT);
    require(2, OP_EQUAL, OP_EQUALVERIFY);
    require(1, OP_1ADD, OP_1SUB, OP_NEGATE, OP_ABS, OP_NOT, OP_0NOTEQUAL);
    require(2, OP_ADD, OP_SUB, OP_BOOLAND, OP_BOOLOR, OP_NUMEQUAL, OP_NUMEQUALVERIFY);
    require(2, OP_NUMNOTEQUAL, OP_LESSTHAN, OP_GREATERTHAN, OP_LESSTHANOREQUAL);
    require(2, OP_GREATERTHANOREQUAL, OP_MIN, OP_MAX);
    require(3, OP_WITHIN);
    require(1, OP_RIPEMD160, OP_SHA1, OP_SHA256, OP_HASH160, OP_HASH256);
    require(2, OP_CHECKSIG, OP_CHECKSIGVERIFY);
  }

  private StackDepth() {}

  private static void require(int items, int... opcodes) {
    for (int opcode : opcodes) {
      REQUIRED[opcode] = (byte) items;
    }
  }

  static int required(int opcode) {
    return REQUIRED[opcode];
  }
}
