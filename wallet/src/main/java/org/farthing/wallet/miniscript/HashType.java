package org.farthing.wallet.miniscript;

import org.farthing.consensus.script.Opcode;

/** The hashes whose preimages a script may ask for. */
public enum HashType {
  RIPEMD160(20, Opcode.OP_RIPEMD160),
  SHA256(32, Opcode.OP_SHA256),
  HASH160(20, Opcode.OP_HASH160),
  HASH256(32, Opcode.OP_HASH256);

  private final int size;
  private final int opcode;

  HashType(int size, int opcode) {
    this.size = size;
    this.opcode = opcode;
  }

  /** Bytes of a hash. */
  int size() {
    return size;
  }

  int opcode() {
    return opcode;
  }
}
