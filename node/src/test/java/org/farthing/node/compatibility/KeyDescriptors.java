package org.farthing.node.compatibility;

import fr.acinq.bitcoin.Bitcoin;
import fr.acinq.bitcoin.Block;
import fr.acinq.bitcoin.BlockHash;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.DeterministicWallet;
import fr.acinq.bitcoin.PublicKey;
import fr.acinq.bitcoin.Script;
import fr.acinq.bitcoin.ScriptElt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Random descriptors of keys: all functions, extended keys with and without secrets, origins, paths
 * with hardened steps, ranges. With each comes what bitcoin-kmp makes of the same keys and paths;
 * none of our code has part in it.
 */
final class KeyDescriptors {
  private static final BlockHash CHAIN = Block.RegtestGenesisBlock.hash;
  private static final HexFormat HEX = HexFormat.of();

  /** Bitcoin-kmp counts keys with opcodes of one digit. */
  private static final int MOST_KEYS = 16;

  private static final long HARDENED = 0x8000_0000L;

  private final Random random;

  KeyDescriptors(long seed) {
    this.random = new Random(seed);
  }

  /** A key expression, and the public key at an index, by bitcoin-kmp. */
  private record Key(String text, boolean ranged, DeterministicWallet.ExtendedPrivateKey parent) {
    PublicKey at(long index) {
      return ranged
          ? DeterministicWallet.derivePrivateKey(parent, index).getPublicKey()
          : parent.getPublicKey();
    }
  }

  /** The script at an index, by bitcoin-kmp. */
  private interface Maker {
    List<ScriptElt> at(long index);
  }

  /**
   * A descriptor.
   *
   * @param maker absent where bitcoin-kmp cannot make such scripts
   */
  record Case(String text, Optional<Maker> maker) {
    /** The address at an index, by bitcoin-kmp. */
    Optional<String> address(long index) {
      return maker.map(kmp -> Bitcoin.addressFromPublicKeyScript(CHAIN, kmp.at(index)).getRight());
    }
  }

  Case next() {
    return switch (random.nextInt(8)) {
      case 0 -> single("pkh(%s)", key(), Script::pay2pkh);
      case 1 -> single("wpkh(%s)", key(), Script::pay2wpkh);
      case 2 -> single("sh(wpkh(%s))", key(), key -> Script.pay2sh(Script.pay2wpkh(key)));
      case 3 -> multi("sh(%s)", 5, script -> Script.pay2sh(script));
      case 4 -> multi("wsh(%s)", 20, script -> Script.pay2wsh(script));
      case 5 -> multi("sh(wsh(%s))", 20, script -> Script.pay2sh(Script.pay2wsh(script)));
      case 6 ->
          single(
              "tr(%s)",
              key(), key -> Script.pay2tr(key.xOnly(), Crypto.TaprootTweak.KeyPathTweak.INSTANCE));
      default -> new Case("tr(" + key().text() + "," + tree(3) + ")", Optional.empty());
    };
  }

  private interface OfKey {
    List<ScriptElt> script(PublicKey key);
  }

  private static Case single(String form, Key key, OfKey script) {
    return new Case(form.formatted(key.text()), Optional.of(i -> script.script(key.at(i))));
  }

  private interface OfScript {
    List<ScriptElt> script(List<ScriptElt> inner);
  }

  private Case multi(String form, int most, OfScript outer) {
    boolean sorted = random.nextBoolean();
    List<Key> keys = keys(1 + random.nextInt(random.nextInt(8) == 0 ? most : 3));
    int required = 1 + random.nextInt(keys.size());
    String text = call(sorted ? "sortedmulti" : "multi", required, keys);
    Maker maker =
        index -> {
          List<PublicKey> all = new ArrayList<>();
          keys.forEach(key -> all.add(key.at(index)));
          if (sorted) {
            all.sort(Comparator.comparing(key -> HEX.formatHex(key.value.toByteArray())));
          }
          return outer.script(Script.createMultiSigMofN(required, all));
        };
    boolean known = keys.size() <= MOST_KEYS;
    return new Case(form.formatted(text), known ? Optional.of(maker) : Optional.empty());
  }

  private List<Key> keys(int count) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(key());
    }
    return keys;
  }

  private static String call(String name, int required, List<Key> keys) {
    return name
        + "("
        + required
        + ","
        + String.join(",", keys.stream().map(Key::text).toList())
        + ")";
  }

  private String tree(int depth) {
    if (depth > 0 && random.nextInt(3) > 0) {
      return "{" + tree(depth - 1) + "," + tree(depth - 1) + "}";
    }
    if (random.nextBoolean()) {
      return "pk(" + key().text() + ")";
    }
    List<Key> keys = keys(1 + random.nextInt(4));
    return call("multi_a", 1 + random.nextInt(keys.size()), keys);
  }

  private Key key() {
    byte[] seed = new byte[32];
    random.nextBytes(seed);
    DeterministicWallet.ExtendedPrivateKey root = DeterministicWallet.generate(seed);
    List<Long> walked = path(random.nextInt(4), true);
    DeterministicWallet.ExtendedPrivateKey account =
        DeterministicWallet.derivePrivateKey(root, walked);
    boolean secret = random.nextInt(3) == 0;
    List<Long> further = path(random.nextInt(3), secret);
    boolean ranged = random.nextInt(4) > 0;
    String origin =
        walked.isEmpty() && random.nextBoolean()
            ? ""
            : "[%08x%s]".formatted((int) DeterministicWallet.fingerprint(root), text(walked));
    String text =
        secret
            ? DeterministicWallet.encode(account, DeterministicWallet.tprv)
            : DeterministicWallet.encode(
                DeterministicWallet.publicKey(account), DeterministicWallet.tpub);
    return new Key(
        origin + text + text(further) + (ranged ? "/*" : ""),
        ranged,
        DeterministicWallet.derivePrivateKey(account, further));
  }

  private List<Long> path(int steps, boolean mayBeHardened) {
    List<Long> path = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      long number = random.nextInt(4) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(90);
      path.add(mayBeHardened && random.nextBoolean() ? number + HARDENED : number);
    }
    return path;
  }

  /** With the marker of hardened steps that bdk writes. */
  private static String text(List<Long> path) {
    StringBuilder text = new StringBuilder();
    for (long step : path) {
      text.append('/').append(step % HARDENED).append(step >= HARDENED ? "'" : "");
    }
    return text.toString();
  }
}
