package org.farthing.wallet.miniscript;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;

/** What there is to satisfy a script with. */
public interface SatisfactionSource<K> {
  /** A key as it stands in the script: 33 bytes, or 32 in tapscript. */
  ByteString publicKey(K key);

  /** The signature of a key, as it stands in the witness. */
  Optional<ByteString> signature(K key);

  /** What hashes to a value: 32 bytes. */
  Optional<ByteString> preimage(HashType type, ByteString hash);

  /** Whether the input is locked relatively for at least so long (BIP-0112). */
  boolean isOlder(int value);

  /** Whether the transaction is locked until at least then (BIP-0065). */
  boolean isAfter(int value);
}
