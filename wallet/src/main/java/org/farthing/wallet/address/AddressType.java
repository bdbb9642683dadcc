package org.farthing.wallet.address;

import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;

/** The kinds of addresses that a wallet can give away, under Bitcoin Core's names. */
public enum AddressType {
  /** The hash of a key or of a script, in Base58Check. */
  LEGACY("legacy"),
  /** The hash of a script that is a witness program (BIP-0141). */
  P2SH_SEGWIT("p2sh-segwit"),
  /** A witness program of version 0 (BIP-0173). */
  BECH32("bech32"),
  /** A witness program of a later version (BIP-0350). */
  BECH32M("bech32m");

  private final String label;

  AddressType(String label) {
    this.label = label;
  }

  /** Bitcoin Core's name. */
  public String label() {
    return label;
  }

  public static Optional<AddressType> named(String label) {
    return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
  }

  /** As far as a script shows it: what stands behind a hash is not seen. */
  public static Optional<AddressType> ofScript(Script script) {
    return switch (ScriptPattern.classify(script)) {
      case P2PKH, P2SH -> Optional.of(LEGACY);
      case P2WPKH, P2WSH -> Optional.of(BECH32);
      case P2TR, WITNESS_UNKNOWN, ANCHOR -> Optional.of(BECH32M);
      case P2PK, MULTISIG, NULL_DATA, NONSTANDARD -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return label;
  }
}
