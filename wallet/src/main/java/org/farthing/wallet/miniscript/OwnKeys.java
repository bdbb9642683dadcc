package org.farthing.wallet.miniscript;

import java.util.Optional;
import java.util.function.Predicate;
import org.farthing.consensus.bytes.ByteString;

/** Everything but the signatures of keys that are not one's own; the items say nothing. */
record OwnKeys<K>(Predicate<? super K> own) implements SatisfactionSource<K> {
  @Override
  public ByteString publicKey(K key) {
    return ByteString.EMPTY;
  }

  @Override
  public Optional<ByteString> signature(K key) {
    return own.test(key) ? Optional.of(ByteString.EMPTY) : Optional.empty();
  }

  @Override
  public Optional<ByteString> preimage(HashType type, ByteString hash) {
    return Optional.of(ByteString.EMPTY);
  }

  @Override
  public boolean isOlder(int value) {
    return true;
  }

  @Override
  public boolean isAfter(int value) {
    return true;
  }
}
