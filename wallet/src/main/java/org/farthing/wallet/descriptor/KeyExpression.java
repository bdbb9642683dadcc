package org.farthing.wallet.descriptor;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.keys.Secrets;

/** A key of a descriptor (BIP-0380, BIP-0390): one key, or one for each index. */
public sealed interface KeyExpression permits SingleKey, DerivedKey, Musig {
  /** The keys that it is made of, in the order of the text: itself, or those of participants. */
  default List<KeyExpression> leaves() {
    return List.of(this);
  }

  /** The same expression with each of these keys replaced. */
  default KeyExpression withLeaves(UnaryOperator<KeyExpression> change) {
    return change.apply(this);
  }

  /** Whether there is a key for each index. */
  boolean isRanged();

  /** Whether the private keys can be told from the expression. */
  boolean isPrivate();

  /** Whether the public keys can be told: not where a hardened step follows a public key. */
  boolean canDerive();

  /**
   * The public key: 33 bytes, or 65 where the expression names an uncompressed one.
   *
   * @param index from 0 to 2^31 - 1; without a range any index gives the one key
   * @throws IllegalStateException unless {@link #canDerive}
   */
  byte[] publicKey(int index);

  /** The private key of that public key, where it is known. */
  Optional<PrivateKey> privateKey(int index);

  /** From which root key, and on which path, the key at an index comes. */
  KeyOrigin originOf(int index);

  /** The key at an index alone, with its origin and without its secret. */
  KeyExpression at(int index);

  /**
   * An expression of the same public keys that has walked the fixed steps of the path already, for
   * those who need many; the origins are lost.
   */
  KeyExpression shortened();

  /** The same expression without its secret. */
  KeyExpression withoutSecret();

  /**
   * The same expression with its secret, where that is among these.
   *
   * @param network that the text of a single key belongs to
   */
  KeyExpression withSecret(Secrets secrets, Network network);

  /**
   * The secret that {@link #withSecret} needs: the expression's own, not what is derived from it.
   */
  Secrets secret();

  /**
   * An expression of the same keys without secret: the hardened steps of a path have been walked
   * and belong to the origin, so that the keys can be derived by anybody, unless the last step is
   * hardened too. They are written with {@code h}.
   */
  KeyExpression normalized();

  /** The text without any secret. */
  @Override
  String toString();

  /** The text with the secret, where there is one. */
  String privateText();
}
