package org.farthing.wallet.address;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.encoding.Base58Check;
import org.farthing.wallet.encoding.SegwitAddress;
import org.farthing.wallet.error.WalletException;

/** A script that coins can be sent to, in the short text form of one network. */
public abstract sealed class Address {
  private final Network network;
  private final Script script;

  private Address(Network network, Script script) {
    this.network = network;
    this.script = script;
  }

  /**
   * Reads an address of {@code network}.
   *
   * @throws WalletException INVALID_ADDRESS or OTHER_NETWORK, with the mistake in the message
   */
  public static Address parse(String text, Network network) throws WalletException {
    return new AddressParser(network).parse(text);
  }

  /** The address of a script, if it has one. */
  public static Optional<Address> ofScript(Script script, Network network) {
    return switch (ScriptPattern.classify(script)) {
      case P2PKH -> Optional.of(new P2pkh(network, script));
      case P2SH -> Optional.of(new P2sh(network, script));
      case P2WPKH, P2WSH, P2TR, WITNESS_UNKNOWN, ANCHOR -> Optional.of(new Segwit(network, script));
      case P2PK, MULTISIG, NULL_DATA, NONSTANDARD -> Optional.empty();
    };
  }

  /** The address that pays to the hash of a public key: 20 bytes. */
  public static Address p2pkh(Network network, byte[] keyHash) {
    return new P2pkh(network, ScriptPattern.p2pkh(keyHash));
  }

  /** The address that pays to the hash of a script: 20 bytes. */
  public static Address p2sh(Network network, byte[] scriptHash) {
    return new P2sh(network, ScriptPattern.p2sh(scriptHash));
  }

  /**
   * The address of a witness program.
   *
   * @param version 0 to 16
   * @param program 2 to 40 bytes; 20 or 32 for version 0
   */
  public static Address segwit(Network network, int version, byte[] program) {
    if (version == 0 && program.length != 20 && program.length != 32) {
      throw new IllegalArgumentException("a program of version 0 has 20 or 32 bytes");
    }
    return new Segwit(network, ScriptPattern.witnessProgram(version, program));
  }

  public final Network network() {
    return network;
  }

  /** The scriptPubKey of an output that pays to this address. */
  public final Script toScript() {
    return script;
  }

  /** The hash or the witness program: 2 to 40 bytes. */
  public final byte[] payload() {
    return ScriptPattern.payload(script).orElseThrow();
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Address that
        && script.equals(that.script)
        && network.equals(that.network);
  }

  @Override
  public final int hashCode() {
    return script.hashCode();
  }

  /** The text that people exchange. */
  @Override
  public abstract String toString();

  final String base58(int version) {
    return Base58Check.encode(new ByteWriter(21).uint8(version).bytes(payload()).toByteArray());
  }

  /** Pays to the hash of a public key. */
  public static final class P2pkh extends Address {
    private P2pkh(Network network, Script script) {
      super(network, script);
    }

    @Override
    public String toString() {
      return base58(network().base58().p2pkh());
    }
  }

  /** Pays to the hash of a script (BIP-0016). */
  public static final class P2sh extends Address {
    private P2sh(Network network, Script script) {
      super(network, script);
    }

    @Override
    public String toString() {
      return base58(network().base58().p2sh());
    }
  }

  /** Pays to a witness program (BIP-0141) of any version. */
  public static final class Segwit extends Address {
    private Segwit(Network network, Script script) {
      super(network, script);
    }

    /** The witness version: 0 to 16. */
    public int version() {
      return ScriptPattern.witnessVersion(toScript());
    }

    @Override
    public String toString() {
      return SegwitAddress.encode(network().bech32Prefix(), version(), payload());
    }
  }
}
