package org.farthing.wallet.spend;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Witness;

/** Signs nothing. */
enum NoSignatures implements SignatureMaker {
  INSTANCE;

  @Override
  public Optional<ByteString> ecdsa(ByteString publicKey, Script scriptCode, Rules rules) {
    return Optional.empty();
  }

  @Override
  public Optional<ByteString> keyPath(ByteString xOnlyKey, Optional<ByteString> merkleRoot) {
    return Optional.empty();
  }

  @Override
  public Optional<ByteString> scriptPath(ByteString xOnlyKey, ByteString leafHash) {
    return Optional.empty();
  }

  @Override
  public boolean isOlder(int value) {
    return false;
  }

  @Override
  public boolean isAfter(int value) {
    return false;
  }

  @Override
  public boolean isValid(Script scriptSig, Witness witness) {
    return false;
  }
}
