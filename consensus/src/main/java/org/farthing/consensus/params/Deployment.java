package org.farthing.consensus.params;

import java.util.Arrays;
import java.util.Optional;

/**
 * A change of the rules that a network has from a fixed height on (BIP-0090). Changes that hold
 * from the genesis on every network (pay to script hash, taproot) are none.
 */
public enum Deployment {
  /** BIP-0034: the coinbase begins with the height. */
  BIP34("bip34", "bip34"),
  /** BIP-0066: signatures are strict DER. */
  BIP66("bip66", "dersig"),
  /** BIP-0065: OP_CHECKLOCKTIMEVERIFY. */
  BIP65("bip65", "cltv"),
  /** BIP-0068, 0112 and 0113: relative lock time, and lock times measured by median time past. */
  CSV("csv", "csv"),
  /** BIP-0141, 0143 and 0147: segregated witness. */
  SEGWIT("segwit", "segwit");

  private final String label;
  private final String optionName;

  Deployment(String label, String optionName) {
    this.label = label;
    this.optionName = optionName;
  }

  /** Bitcoin Core's name for it in {@code getdeploymentinfo}. */
  public String label() {
    return label;
  }

  /** Bitcoin Core's name for it in {@code -testactivationheight}. */
  public String optionName() {
    return optionName;
  }

  public static Optional<Deployment> byOptionName(String name) {
    return Arrays.stream(values()).filter(d -> d.optionName.equals(name)).findFirst();
  }
}
