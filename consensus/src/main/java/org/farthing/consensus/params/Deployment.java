package org.farthing.consensus.params;

/** A change of the rules that a network has from some height on. */
public enum Deployment {
  /** BIP-0034: the coinbase begins with the height. */
  BIP34("bip34"),
  /** BIP-0066: signatures are strict DER. */
  BIP66("dersig"),
  /** BIP-0065: OP_CHECKLOCKTIMEVERIFY. */
  BIP65("cltv"),
  /** BIP-0068, 0112 and 0113: relative lock time, and lock times measured by median time past. */
  CSV("csv"),
  /** BIP-0141, 0143 and 0147: segregated witness. */
  SEGWIT("segwit"),
  /** BIP-0341 and 0342. */
  TAPROOT("taproot");

  private final String label;

  Deployment(String label) {
    this.label = label;
  }

  /** Bitcoin Core's name for it, in RPC and in {@code -testactivationheight}. */
  public String label() {
    return label;
  }
}
