package org.farthing.wallet.spend;

import java.util.Set;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.KeyExpression;
import org.farthing.wallet.descriptor.Musig;
import org.farthing.wallet.descriptor.ScriptExpression;

/** Fills {@link SigningKeys} with what descriptors tell. */
public final class DescriptorKeys {
  /** What beside public keys and scripts is told. */
  public enum Part {
    /** Private keys, where the descriptor has them. */
    SECRETS,
    /** Root fingerprints and derivation paths. */
    ORIGINS
  }

  private final SigningKeys keys;
  private final Set<Part> parts;

  public DescriptorKeys(SigningKeys keys, Set<Part> parts) {
    this.keys = keys;
    this.parts = Set.copyOf(parts);
  }

  /**
   * Adds what belongs to the scripts of an index.
   *
   * @throws IllegalStateException unless the descriptor {@link Descriptor#canDerive}
   */
  public void add(Descriptor descriptor, int index) {
    descriptor.expand(index).forEach(this::add);
    if (parts.contains(Part.SECRETS)) {
      for (KeyExpression key : descriptor.leafKeys()) {
        key.privateKey(index).ifPresent(keys::add);
      }
    }
  }

  private void add(ScriptExpression script) {
    for (KeyExpression key : script.keys()) {
      add(key);
      if (key instanceof Musig musig) {
        musig.participants().forEach(this::add);
        keys.add(MusigKey.of(musig));
      }
    }
    keys.addScriptsOf(script, 0);
  }

  private void add(KeyExpression key) {
    ByteString publicKey = ByteString.of(key.publicKey(0));
    if (parts.contains(Part.ORIGINS)) {
      keys.add(publicKey, key.originOf(0));
    } else {
      keys.add(publicKey);
    }
  }
}
