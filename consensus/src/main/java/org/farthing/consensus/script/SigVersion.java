package org.farthing.consensus.script;

/** Under which rules a script runs. */
enum SigVersion {
  /** Bare scripts and P2SH. */
  BASE,

  /** Witness programs of version 0 (BIP-0141, BIP-0143). */
  WITNESS_V0,

  /** Leaves of a taproot tree (BIP-0342). */
  TAPSCRIPT
}
