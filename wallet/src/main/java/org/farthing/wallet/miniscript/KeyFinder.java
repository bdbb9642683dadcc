package org.farthing.wallet.miniscript;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;

/** Finds the keys of a script. */
public interface KeyFinder<K> {
  /**
   * @param key as it stands in the script: 33 bytes, or 32 in tapscript; empty if it is none
   */
  Optional<K> key(ByteString key);

  /**
   * @param hash 20 bytes, of a key as it would stand in the script; empty if nobody knows it
   */
  Optional<K> keyOfHash(ByteString hash);
}
