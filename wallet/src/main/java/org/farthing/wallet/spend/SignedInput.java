package org.farthing.wallet.spend;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.crypto.EcdsaSignature;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;

/** What can be told of an input that others have signed. */
public final class SignedInput {
  /** With a high r, a low s, and its type. */
  private static final int LONGEST_SIGNATURE = 72;

  private static final int SEQUENCE_SIZE = 4;

  private SignedInput() {}

  /**
   * The most weight units that the input takes if the same keys sign anew: ECDSA signatures may be
   * longer then.
   */
  public static int mostWeight(TxIn input) {
    int script = input.scriptSig().size() + growth(InputSigner.pushes(input.scriptSig()));
    int base = OutPoint.SIZE + CompactSize.sizeOf(script) + script + SEQUENCE_SIZE;
    return Transaction.WITNESS_SCALE_FACTOR * base
        + input.witness().encodedSize()
        + growth(input.witness().toList());
  }

  /** What its scriptSig pushes last: of an output of P2SH the script behind the hash. */
  public static Optional<Script> lastPush(TxIn input) {
    List<byte[]> pushes = InputSigner.pushes(input.scriptSig());
    return pushes.isEmpty()
        ? Optional.empty()
        : Optional.of(Script.of(pushes.get(pushes.size() - 1)));
  }

  private static int growth(Collection<byte[]> items) {
    return items.stream()
        .filter(EcdsaSignature::isStrictDerWithType)
        .mapToInt(signature -> Math.max(0, LONGEST_SIGNATURE - signature.length))
        .sum();
  }
}
