package org.farthing.wallet.descriptor;

import java.util.Optional;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.PrivateKey;

/**
 * An extended key with its origin, and the path from it to the keys of the scripts (BIP-0380).
 *
 * @param path from the key; its hardened steps can be taken only from a private key
 * @param wildcard how the path ends
 * @param marker how hardened steps are written
 */
public record DerivedKey(
    Network network,
    Optional<KeyOrigin> origin,
    ExtendedKey key,
    DerivationPath path,
    Wildcard wildcard,
    HardenedMarker marker)
    implements KeyExpression {

  /** What stands at the end of a path. */
  public enum Wildcard {
    /** The path leads to one key. */
    NONE,
    /** One key for each index. */
    PLAIN,
    /** One key for each index, by a hardened step. */
    HARDENED
  }

  /** The character behind a hardened step. */
  public enum HardenedMarker {
    LETTER("h"),
    APOSTROPHE("'");

    private final String text;

    HardenedMarker(String text) {
      this.text = text;
    }

    /** A path as it is written with this marker. */
    String write(String path) {
      return path.replace(LETTER.text, text);
    }
  }

  @Override
  public boolean isRanged() {
    return wildcard != Wildcard.NONE;
  }

  @Override
  public boolean isPrivate() {
    return key.isPrivate();
  }

  @Override
  public boolean canDerive() {
    boolean hardened =
        wildcard == Wildcard.HARDENED || path.steps().stream().anyMatch(DerivationPath::isHardened);
    return key.isPrivate() || !hardened;
  }

  @Override
  public byte[] publicKey(int index) {
    return keyAt(index).publicKey();
  }

  @Override
  public Optional<PrivateKey> privateKey(int index) {
    return isPrivate()
        ? Optional.of(new PrivateKey(keyAt(index).privateKey(), true))
        : Optional.empty();
  }

  private ExtendedKey keyAt(int index) {
    ExtendedKey parent = key.derive(path);
    return isRanged() ? parent.child(step(index)) : parent;
  }

  private int step(int index) {
    return wildcard == Wildcard.HARDENED ? index | DerivationPath.HARDENED : index;
  }

  @Override
  public KeyOrigin originOf(int index) {
    KeyOrigin base = origin.orElseGet(() -> new KeyOrigin(key.fingerprint(), DerivationPath.EMPTY));
    DerivationPath full = base.path().then(path);
    return new KeyOrigin(base.fingerprint(), isRanged() ? full.child(step(index)) : full);
  }

  @Override
  public SingleKey at(int index) {
    return SingleKey.of(Optional.of(originOf(index)), publicKey(index), SingleKey.Form.FULL);
  }

  @Override
  public DerivedKey shortened() {
    ExtendedKey parent = key.derive(path);
    return new DerivedKey(
        network,
        Optional.empty(),
        wildcard == Wildcard.HARDENED ? parent : parent.toPublic(),
        DerivationPath.EMPTY,
        wildcard,
        marker);
  }

  @Override
  public String toString() {
    return text(key.toPublicString(network));
  }

  @Override
  public String privateText() {
    return isPrivate() ? text(key.toPrivateString(network)) : toString();
  }

  private String text(String keyText) {
    String steps = path.steps().isEmpty() ? "" : "/" + path;
    String end =
        switch (wildcard) {
          case NONE -> "";
          case PLAIN -> "/*";
          case HARDENED -> "/*h";
        };
    return origin.map(from -> "[" + marker.write(from.toString()) + "]").orElse("")
        + keyText
        + marker.write(steps + end);
  }
}
