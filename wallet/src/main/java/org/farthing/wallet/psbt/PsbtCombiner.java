package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Txid;

/** The combiner (BIP-0174): one of several that were made of the same transaction. */
public final class PsbtCombiner {
  private static final int SIGHASH_SINGLE_FLAG = 4;

  private PsbtCombiner() {}

  /**
   * All fields of all of them; of those with one key the first stays. Empty where they are not of
   * one transaction and one version.
   *
   * @param copies at least one
   */
  public static Optional<Psbt> combine(List<Psbt> copies) {
    Psbt combined = copies.get(0);
    for (Psbt copy : copies.subList(1, copies.size())) {
      Optional<Txid> id = combined.uniqueId();
      if (id.isEmpty() || !id.equals(copy.uniqueId()) || combined.version() != copy.version()) {
        return Optional.empty();
      }
      combined = combine(combined, copy);
    }
    return Optional.of(combined);
  }

  private static Psbt combine(Psbt one, Psbt other) {
    List<PsbtInput> inputs = new ArrayList<>();
    for (int i = 0; i < one.inputs().size(); i++) {
      inputs.add(one.inputs().get(i).union(other.inputs().get(i)));
    }
    List<PsbtOutput> outputs = new ArrayList<>();
    for (int i = 0; i < one.outputs().size(); i++) {
      outputs.add(one.outputs().get(i).union(other.outputs().get(i)));
    }
    return new Psbt(one.version(), global(one, other), inputs, outputs);
  }

  private static PsbtMap global(Psbt one, Psbt other) {
    PsbtMap both = one.global().union(other.global());
    if (!both.has(GlobalField.TX_MODIFIABLE)) {
      return both;
    }
    int mine = one.modifiable().orElse(0);
    int theirs = other.modifiable().orElse(0);
    // What both allow may be changed; what one has signed alone stays so (BIP-0370).
    int flags = (mine & theirs) | ((mine | theirs) & SIGHASH_SINGLE_FLAG);
    return both.toBuilder().put(GlobalField.TX_MODIFIABLE, out -> out.uint8(flags)).build();
  }
}
