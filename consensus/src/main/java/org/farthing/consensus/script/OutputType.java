package org.farthing.consensus.script;

/** The kinds of output scripts, with the names that Bitcoin Core's RPC gives them. */
public enum OutputType {
  NONSTANDARD("nonstandard"),
  ANCHOR("anchor"),
  P2PK("pubkey"),
  P2PKH("pubkeyhash"),
  P2SH("scripthash"),
  MULTISIG("multisig"),
  NULL_DATA("nulldata"),
  P2WPKH("witness_v0_keyhash"),
  P2WSH("witness_v0_scripthash"),
  P2TR("witness_v1_taproot"),
  WITNESS_UNKNOWN("witness_unknown");

  private final String rpcName;

  OutputType(String rpcName) {
    this.rpcName = rpcName;
  }

  public String rpcName() {
    return rpcName;
  }
}
