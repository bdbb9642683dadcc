package org.farthing.consensus.crypto;

/** The four words that SipHash and its relatives mix, and one round of mixing. */
abstract class SipState {
  long v0;
  long v1;
  long v2;
  long v3;

  SipState(long key0, long key1) {
    v0 = 0x736f6d6570736575L ^ key0;
    v1 = 0x646f72616e646f6dL ^ key1;
    v2 = 0x6c7967656e657261L ^ key0;
    v3 = 0x7465646279746573L ^ key1;
  }

  final void round() {
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
  }

  final long folded() {
    return v0 ^ v1 ^ v2 ^ v3;
  }
}
