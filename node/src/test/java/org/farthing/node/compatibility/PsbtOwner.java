package org.farthing.node.compatibility;

import java.util.Arrays;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.wallet.keys.DerivationPath;
import org.farthing.wallet.keys.ExtendedKey;

/** Who has the secret of a key. */
enum PsbtOwner {
  US(1),
  BDK(2),
  KMP(3),
  /** Somebody who signs nothing. */
  ABSENT(4);

  private static final Network NETWORK = ConsensusParams.regtest().network();

  private final int number;

  PsbtOwner(int number) {
    this.number = number;
  }

  /** What all keys of one owner come from. */
  byte[] seed() {
    byte[] seed = new byte[32];
    Arrays.fill(seed, (byte) number);
    return seed;
  }

  private ExtendedKey root() {
    return ExtendedKey.ofSeed(seed());
  }

  int fingerprint() {
    return root().fingerprint();
  }

  /** The keys of an account, as they stand in a descriptor. */
  String key(int account, boolean secret) {
    DerivationPath path = DerivationPath.EMPTY.child(account | DerivationPath.HARDENED);
    ExtendedKey key = root().derive(path);
    String text = secret ? key.toPrivateString(NETWORK) : key.toPublicString(NETWORK);
    return "[%08x/%s]%s/0/*".formatted(fingerprint(), path, text);
  }
}
