package org.farthing.wallet.descriptor;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.error.WalletException;

/** A language for sets of scripts with the keys that can spend them (BIP-0380 and following). */
public sealed interface Descriptor permits ScriptExpression, Descriptor.Combo, Descriptor.Unused {
  /** In the order of the text. */
  List<KeyExpression> keys();

  /** The keys that {@link #keys} are made of, in the order of the text. */
  default List<KeyExpression> leafKeys() {
    return keys().stream().flatMap(key -> key.leaves().stream()).toList();
  }

  /** The expression without checksum, its keys written as the function says. */
  String write(Function<KeyExpression, String> keyText);

  /** The same descriptor with each key replaced. */
  Descriptor withKeys(UnaryOperator<KeyExpression> change);

  /** The expressions that lead to one script at each index: one, or several for {@code combo}. */
  List<ScriptExpression> expressions();

  /** The kind of address that its scripts have; empty where they have none, or several. */
  Optional<AddressType> addressType();

  /**
   * The scripts at an index as expressions of their own: each names its keys, with their origins,
   * and leads to exactly one script.
   *
   * @throws IllegalStateException unless {@link #canDerive}
   */
  default List<ScriptExpression> expand(int index) {
    return expressions().stream().map(expression -> expression.at(index)).toList();
  }

  /**
   * Reads a descriptor that is none of a multipath; the checksum may be missing.
   *
   * @throws WalletException INVALID_DESCRIPTOR
   */
  static Descriptor parse(String text, Network network) throws WalletException {
    return new DescriptorParser(network).parseOne(text);
  }

  /** Whether there is a script for each index, or only one. */
  default boolean isRanged() {
    return keys().stream().anyMatch(KeyExpression::isRanged);
  }

  /** Whether the scripts can be told without private keys that are not here. */
  default boolean canDerive() {
    return keys().stream().allMatch(KeyExpression::canDerive);
  }

  /** Whether any private key is in the descriptor. */
  default boolean hasPrivateKeys() {
    return keys().stream().anyMatch(KeyExpression::isPrivate);
  }

  /** Whether the descriptor says what an input needs, signatures aside. */
  default boolean isSolvable() {
    return true;
  }

  /** Whether it stands for scripts at all. */
  default boolean hasScripts() {
    return true;
  }

  /** What its owner should know before using it, a sentence each. */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * The scriptPubKeys at an index: one, or several for {@code combo}.
   *
   * @param index from 0; without a range any index gives the same scripts
   * @throws IllegalStateException unless {@link #canDerive}
   */
  default List<Script> scriptsAt(int index) {
    return expressions().stream().map(expression -> expression.scriptAt(index)).toList();
  }

  /** The function with its argument, without checksum and without secrets. */
  default String body() {
    return write(KeyExpression::toString);
  }

  /** The canonical text with checksum, without secrets. */
  default String text() {
    return DescriptorChecksum.append(body());
  }

  /** The text with checksum and with all secrets that the descriptor has. */
  default String privateText() {
    return DescriptorChecksum.append(write(KeyExpression::privateText));
  }

  /**
   * Every usual single-key script: P2PK, P2PKH and, for a compressed key, P2WPKH and P2SH-P2WPKH
   * (BIP-0384).
   */
  record Combo(KeyExpression key) implements Descriptor {
    @Override
    public List<KeyExpression> keys() {
      return List.of(key);
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "combo(" + keyText.apply(key) + ")";
    }

    @Override
    public Combo withKeys(UnaryOperator<KeyExpression> change) {
      return new Combo(change.apply(key));
    }

    @Override
    public List<ScriptExpression> expressions() {
      ScriptExpression pk = new ScriptExpression.Pk(key);
      ScriptExpression pkh = new ScriptExpression.Pkh(key);
      if (key instanceof SingleKey single
          && single.publicKey(0).length != Secp256k1.COMPRESSED_SIZE) {
        return List.of(pk, pkh);
      }
      ScriptExpression wpkh = new ScriptExpression.Wpkh(key);
      return List.of(pk, pkh, wpkh, new ScriptExpression.Sh(wpkh));
    }

    @Override
    public Optional<AddressType> addressType() {
      return Optional.empty();
    }
  }

  /**
   * No scripts: it keeps a key in a wallet from which other descriptors are to be made, in the way
   * of Bitcoin Core 31.
   */
  record Unused(KeyExpression key) implements Descriptor {
    @Override
    public List<KeyExpression> keys() {
      return List.of(key);
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "unused(" + keyText.apply(key) + ")";
    }

    @Override
    public Unused withKeys(UnaryOperator<KeyExpression> change) {
      return new Unused(change.apply(key));
    }

    @Override
    public List<ScriptExpression> expressions() {
      return List.of();
    }

    @Override
    public boolean hasScripts() {
      return false;
    }

    @Override
    public Optional<AddressType> addressType() {
      return Optional.empty();
    }
  }
}
