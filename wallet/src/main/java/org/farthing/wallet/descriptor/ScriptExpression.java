package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.Taproot;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.error.WalletException;

/** A descriptor that leads to one script at each index. */
public sealed interface ScriptExpression extends Descriptor
    permits ScriptExpression.Pk,
        ScriptExpression.Pkh,
        ScriptExpression.Wpkh,
        ScriptExpression.Multi,
        ScriptExpression.Sh,
        ScriptExpression.Wsh,
        ScriptExpression.Tr,
        ScriptExpression.RawTr,
        ScriptExpression.Addr,
        ScriptExpression.Raw,
        MiniscriptExpression {
  /**
   * The script at an index, as it stands in an output, or inside the expression around this one.
   *
   * @throws IllegalStateException unless {@link #canDerive}
   */
  Script scriptAt(int index);

  /**
   * Reads a descriptor of one script for each index.
   *
   * @throws WalletException INVALID_DESCRIPTOR
   */
  static ScriptExpression parse(String text, Network network) throws WalletException {
    if (Descriptor.parse(text, network) instanceof ScriptExpression expression) {
      return expression;
    }
    throw DescriptorParser.invalid("combo() stands for several scripts");
  }

  @Override
  ScriptExpression withKeys(UnaryOperator<KeyExpression> change);

  @Override
  default List<ScriptExpression> expressions() {
    return List.of(this);
  }

  /** The script at an index as an expression of its own, which names its keys and their origins. */
  default ScriptExpression at(int index) {
    return withKeys(key -> key.at(index));
  }

  /** Bare keys have no address. */
  @Override
  default Optional<AddressType> addressType() {
    return Optional.empty();
  }

  private static KeyExpression xOnly(KeyExpression key) {
    return key instanceof SingleKey single ? single.xOnly() : key;
  }

  /** Pays to a public key (BIP-0381). */
  record Pk(KeyExpression key) implements ScriptExpression {
    @Override
    public List<KeyExpression> keys() {
      return List.of(key);
    }

    @Override
    public Script scriptAt(int index) {
      return ScriptPattern.p2pk(key.publicKey(index));
    }

    @Override
    public Pk withKeys(UnaryOperator<KeyExpression> change) {
      return new Pk(change.apply(key));
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "pk(" + keyText.apply(key) + ")";
    }
  }

  /** Pays to the hash of a public key (BIP-0381, BIP-0044). */
  record Pkh(KeyExpression key) implements ScriptExpression {
    @Override
    public List<KeyExpression> keys() {
      return List.of(key);
    }

    @Override
    public Script scriptAt(int index) {
      return ScriptPattern.p2pkh(Hash160.hash(key.publicKey(index)));
    }

    @Override
    public Pkh withKeys(UnaryOperator<KeyExpression> change) {
      return new Pkh(change.apply(key));
    }

    @Override
    public Optional<AddressType> addressType() {
      return Optional.of(AddressType.LEGACY);
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "pkh(" + keyText.apply(key) + ")";
    }
  }

  /** Pays to the witness program of a public key (BIP-0382, BIP-0084). */
  record Wpkh(KeyExpression key) implements ScriptExpression {
    @Override
    public List<KeyExpression> keys() {
      return List.of(key);
    }

    @Override
    public Script scriptAt(int index) {
      return ScriptPattern.p2wpkh(Hash160.hash(key.publicKey(index)));
    }

    @Override
    public Wpkh withKeys(UnaryOperator<KeyExpression> change) {
      return new Wpkh(change.apply(key));
    }

    @Override
    public Optional<AddressType> addressType() {
      return Optional.of(AddressType.BECH32);
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "wpkh(" + keyText.apply(key) + ")";
    }
  }

  /**
   * Wants signatures of several keys (BIP-0383).
   *
   * @param sorted whether the keys stand in the script in the order of their bytes (BIP-0067)
   */
  record Multi(int required, List<KeyExpression> keys, boolean sorted) implements ScriptExpression {
    public Multi {
      keys = List.copyOf(keys);
    }

    @Override
    public Script scriptAt(int index) {
      List<byte[]> publicKeys = new ArrayList<>();
      keys.forEach(key -> publicKeys.add(key.publicKey(index)));
      if (sorted) {
        publicKeys.sort(Arrays::compareUnsigned);
      }
      return ScriptPattern.multisig(required, publicKeys);
    }

    /** The keys of the one script stand in its order. */
    @Override
    public Multi at(int index) {
      List<KeyExpression> fixed = new ArrayList<>();
      keys.forEach(key -> fixed.add(key.at(index)));
      if (sorted) {
        fixed.sort((a, b) -> Arrays.compareUnsigned(a.publicKey(0), b.publicKey(0)));
      }
      return new Multi(required, fixed, false);
    }

    @Override
    public Multi withKeys(UnaryOperator<KeyExpression> change) {
      return new Multi(required, keys.stream().map(change).toList(), sorted);
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      StringBuilder text = new StringBuilder(sorted ? "sortedmulti(" : "multi(").append(required);
      keys.forEach(key -> text.append(',').append(keyText.apply(key)));
      return text.append(')').toString();
    }
  }

  /** Pays to the hash of a script (BIP-0016, BIP-0381). */
  record Sh(ScriptExpression inner) implements ScriptExpression {
    @Override
    public List<KeyExpression> keys() {
      return inner.keys();
    }

    /** What the input reveals. */
    public Script redeemScriptAt(int index) {
      return inner.scriptAt(index);
    }

    @Override
    public Script scriptAt(int index) {
      return ScriptPattern.p2sh(Hash160.hash(redeemScriptAt(index).toByteArray()));
    }

    @Override
    public Sh at(int index) {
      return new Sh(inner.at(index));
    }

    @Override
    public List<String> warnings() {
      return inner.warnings();
    }

    @Override
    public Optional<AddressType> addressType() {
      boolean segwit = inner instanceof Wpkh || inner instanceof Wsh;
      return Optional.of(segwit ? AddressType.P2SH_SEGWIT : AddressType.LEGACY);
    }

    @Override
    public Sh withKeys(UnaryOperator<KeyExpression> change) {
      return new Sh(inner.withKeys(change));
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "sh(" + inner.write(keyText) + ")";
    }
  }

  /** Pays to the witness program of a script (BIP-0141, BIP-0382). */
  record Wsh(ScriptExpression inner) implements ScriptExpression {
    @Override
    public List<KeyExpression> keys() {
      return inner.keys();
    }

    /** What the witness reveals. */
    public Script witnessScriptAt(int index) {
      return inner.scriptAt(index);
    }

    @Override
    public Script scriptAt(int index) {
      return ScriptPattern.p2wsh(witnessScriptAt(index));
    }

    @Override
    public Wsh at(int index) {
      return new Wsh(inner.at(index));
    }

    @Override
    public List<String> warnings() {
      return inner.warnings();
    }

    @Override
    public Optional<AddressType> addressType() {
      return Optional.of(AddressType.BECH32);
    }

    @Override
    public Wsh withKeys(UnaryOperator<KeyExpression> change) {
      return new Wsh(inner.withKeys(change));
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "wsh(" + inner.write(keyText) + ")";
    }
  }

  /** Pays to a key that commits to an internal key and a tree of scripts (BIP-0341, BIP-0386). */
  record Tr(KeyExpression internal, Optional<TapTree> tree) implements ScriptExpression {
    @Override
    public List<KeyExpression> keys() {
      List<KeyExpression> keys = new ArrayList<>();
      keys.add(internal);
      tree.ifPresent(node -> keys.addAll(node.keys()));
      return keys;
    }

    @Override
    public Script scriptAt(int index) {
      byte[] root = tree.map(node -> node.hashAt(index)).orElse(new byte[0]);
      byte[] output = Taproot.outputKey(SingleKey.xOnly(internal.publicKey(index)), root);
      return ScriptPattern.p2tr(SingleKey.xOnly(output));
    }

    @Override
    public List<String> warnings() {
      List<TapTree.Leaf> leaves = tree.map(TapTree::leaves).orElse(List.of());
      return leaves.stream().flatMap(leaf -> leaf.warnings().stream()).toList();
    }

    @Override
    public Tr withKeys(UnaryOperator<KeyExpression> change) {
      return new Tr(change.apply(internal), tree.map(node -> node.withKeys(change)));
    }

    /** Keys are written as they stand in scripts. */
    @Override
    public Tr at(int index) {
      return withKeys(key -> xOnly(key.at(index)));
    }

    @Override
    public Optional<AddressType> addressType() {
      return Optional.of(AddressType.BECH32M);
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      String scripts = tree.map(node -> "," + node.write(keyText)).orElse("");
      return "tr(" + keyText.apply(internal) + scripts + ")";
    }
  }

  /** Pays to a taproot key as it is, tweaked or not (BIP-0386). */
  record RawTr(KeyExpression key) implements ScriptExpression {
    @Override
    public List<KeyExpression> keys() {
      return List.of(key);
    }

    @Override
    public Script scriptAt(int index) {
      return ScriptPattern.p2tr(SingleKey.xOnly(key.publicKey(index)));
    }

    @Override
    public RawTr withKeys(UnaryOperator<KeyExpression> change) {
      return new RawTr(change.apply(key));
    }

    @Override
    public RawTr at(int index) {
      return new RawTr(xOnly(key.at(index)));
    }

    @Override
    public Optional<AddressType> addressType() {
      return Optional.of(AddressType.BECH32M);
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "rawtr(" + keyText.apply(key) + ")";
    }
  }

  /** The script of an address (BIP-0385). */
  record Addr(Address address) implements ScriptExpression {
    @Override
    public List<KeyExpression> keys() {
      return List.of();
    }

    @Override
    public boolean isSolvable() {
      return false;
    }

    @Override
    public Script scriptAt(int index) {
      return address.toScript();
    }

    @Override
    public Addr withKeys(UnaryOperator<KeyExpression> change) {
      return this;
    }

    @Override
    public Optional<AddressType> addressType() {
      return AddressType.ofScript(address.toScript());
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "addr(" + address + ")";
    }
  }

  /** A script in hexadecimal digits (BIP-0385). */
  record Raw(Script script) implements ScriptExpression {
    @Override
    public List<KeyExpression> keys() {
      return List.of();
    }

    @Override
    public boolean isSolvable() {
      return false;
    }

    @Override
    public Script scriptAt(int index) {
      return script;
    }

    @Override
    public Raw withKeys(UnaryOperator<KeyExpression> change) {
      return this;
    }

    @Override
    public Optional<AddressType> addressType() {
      return AddressType.ofScript(script);
    }

    @Override
    public String write(Function<KeyExpression, String> keyText) {
      return "raw(" + script.toHex() + ")";
    }
  }
}
