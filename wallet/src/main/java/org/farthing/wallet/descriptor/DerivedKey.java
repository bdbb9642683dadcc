package org.farthing.wallet.descriptor;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.keys.Secrets;

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
    return withKeyAt(index, ExtendedKey::publicKey);
  }

  @Override
  public Optional<PrivateKey> privateKey(int index) {
    return isPrivate()
        ? Optional.of(withKeyAt(index, ExtendedKey::toPrivateKey))
        : Optional.empty();
  }

  /** Secrets that were derived on the way are wiped afterwards. */
  private <T> T withKeyAt(int index, Function<ExtendedKey, T> use) {
    ExtendedKey parent = key.derive(path);
    ExtendedKey found = isRanged() ? parent.child(step(index)) : parent;
    try {
      return use.apply(found);
    } finally {
      if (isRanged()) {
        found.wipe();
      }
      if (!path.steps().isEmpty()) {
        parent.wipe();
      }
    }
  }

  private int step(int index) {
    return wildcard == Wildcard.HARDENED ? index | DerivationPath.HARDENED : index;
  }

  @Override
  public KeyOrigin originOf(int index) {
    KeyOrigin base = originOfKey();
    DerivationPath full = base.path().then(path);
    return new KeyOrigin(base.fingerprint(), isRanged() ? full.child(step(index)) : full);
  }

  @Override
  public SingleKey at(int index) {
    return SingleKey.of(Optional.of(originOf(index)), publicKey(index), SingleKey.Form.FULL);
  }

  @Override
  public DerivedKey withoutSecret() {
    return isPrivate() ? withKey(key.toPublic()) : this;
  }

  /** By the key itself, or else by a root key that the origin names. */
  @Override
  public DerivedKey withSecret(Secrets secrets, Network ignored) {
    Optional<ExtendedKey> own = secrets.extendedKey(key.toPublic());
    if (own.isPresent() || origin.isEmpty()) {
      return own.map(this::withKey).orElse(this);
    }
    return secrets
        .root(origin.get().fingerprint())
        .map(root -> root.derive(origin.get().path()))
        .filter(derived -> derived.toPublic().equals(key.toPublic()))
        .map(this::withKey)
        .orElse(this);
  }

  private DerivedKey withKey(ExtendedKey other) {
    return new DerivedKey(network, origin, other, path, wildcard, marker);
  }

  @Override
  public Secrets secret() {
    return isPrivate() ? Secrets.of(List.of(key), List.of()) : Secrets.none();
  }

  @Override
  public DerivedKey normalized() {
    List<Integer> steps = path.steps();
    int walked = steps.size();
    while (walked > 0 && !DerivationPath.isHardened(steps.get(walked - 1))) {
      walked--;
    }
    if (!isPrivate() || walked == 0 || wildcard == Wildcard.HARDENED) {
      return new DerivedKey(network, origin, key.toPublic(), path, wildcard, HardenedMarker.LETTER);
    }
    DerivationPath hardened = new DerivationPath(steps.subList(0, walked));
    KeyOrigin base = originOfKey();
    ExtendedKey account = key.derive(hardened);
    ExtendedKey publicAccount = account.toPublic();
    account.wipe();
    return new DerivedKey(
        network,
        Optional.of(new KeyOrigin(base.fingerprint(), base.path().then(hardened))),
        publicAccount,
        new DerivationPath(steps.subList(walked, steps.size())),
        wildcard,
        HardenedMarker.LETTER);
  }

  private KeyOrigin originOfKey() {
    return origin.orElseGet(() -> new KeyOrigin(key.fingerprint(), DerivationPath.EMPTY));
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
