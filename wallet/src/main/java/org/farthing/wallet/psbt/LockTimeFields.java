package org.farthing.wallet.psbt;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.LockTime;

/** The lock times that an input wants (BIP-0370). */
final class LockTimeFields {
  private LockTimeFields() {}

  static Optional<ByteString> time(ByteString value) throws DecodeException {
    if (LockTime.isHeight(FieldValues.whole(value, ByteReader::int32))) {
      throw new DecodeException("Required time based locktime is invalid (less than 500000000)");
    }
    return Optional.of(value);
  }

  static Optional<ByteString> height(ByteString value) throws DecodeException {
    int height = FieldValues.whole(value, ByteReader::int32);
    if (!LockTime.isHeight(height)) {
      throw new DecodeException(
          "Required height based locktime is invalid (greater than or equal to 500000000)");
    }
    if (height == 0) {
      throw new DecodeException("Required height based locktime is invalid (0)");
    }
    return Optional.of(value);
  }
}
