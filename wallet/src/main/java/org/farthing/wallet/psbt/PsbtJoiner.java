package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.OutPoint;

/** Makes one transaction of several with different inputs, in random order; version 0 only. */
public final class PsbtJoiner {
  private PsbtJoiner() {}

  /**
   * All inputs, without their signatures, and all outputs; the highest version, the least lock
   * time.
   *
   * @param parts at least one
   * @throws PsbtException where two spend the same output, or one is not of version 0
   */
  public static Psbt join(List<Psbt> parts, Random random) throws PsbtException {
    int version = 1;
    int lockTime = -1;
    PsbtMap global = PsbtMap.EMPTY;
    List<PsbtInput> inputs = new ArrayList<>();
    List<PsbtOutput> outputs = new ArrayList<>();
    for (Psbt part : parts) {
      if (part.version() != 0) {
        throw new PsbtException("joinpsbts only operates on version 0 PSBTs");
      }
      version = highest(version, part.txVersion());
      int wanted = part.fallbackLockTime().orElse(0);
      lockTime = Integer.compareUnsigned(wanted, lockTime) < 0 ? wanted : lockTime;
      global = global.union(part.global());
      outputs.addAll(part.outputs());
    }
    for (Psbt part : parts) {
      for (PsbtInput input : part.inputs()) {
        add(input, inputs);
      }
    }
    Collections.shuffle(inputs, random);
    Collections.shuffle(outputs, random);
    return new Psbt(0, form(global, version, lockTime), inputs, outputs);
  }

  private static int highest(int one, int other) {
    return Integer.compareUnsigned(one, other) >= 0 ? one : other;
  }

  private static void add(PsbtInput input, List<PsbtInput> inputs) throws PsbtException {
    OutPoint spent = input.outPoint();
    if (inputs.stream().anyMatch(known -> known.outPoint().equals(spent))) {
      throw new PsbtException("Input " + spent + " exists in multiple PSBTs");
    }
    inputs.add(input.withoutSignatures());
  }

  private static PsbtMap form(PsbtMap global, int version, int lockTime) {
    return global.toBuilder()
        .put(GlobalField.TX_VERSION, out -> out.int32(version))
        .put(GlobalField.FALLBACK_LOCKTIME, out -> out.int32(lockTime))
        .build();
  }
}
