package org.farthing.node.cli.bench.chain;

/** What outputs of a made chain pay to. */
enum OutputForm {
  P2PKH,
  P2WPKH,
  /** Two of three keys, as a witness script. */
  P2WSH_MULTISIG,
  /** Taproot, spent by its key. */
  P2TR_KEY,
  /** Taproot, spent by its only script, which asks for one signature. */
  P2TR_SCRIPT
}
