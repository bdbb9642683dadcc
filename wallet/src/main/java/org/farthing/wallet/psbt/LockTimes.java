package org.farthing.wallet.psbt;

import java.util.List;
import java.util.OptionalInt;

/** The lock time of a transaction whose inputs want some (BIP-0370). */
final class LockTimes {
  private LockTimes() {}

  /**
   * The highest height that an input wants, if every input that wants anything takes a height; else
   * the latest time, likewise; empty where neither fits all.
   *
   * @param fallback where no input wants anything; 0 if there is none
   */
  static OptionalInt of(List<PsbtInput> inputs, OptionalInt fallback) {
    boolean heights = true;
    boolean times = true;
    int height = 0;
    int time = 0;
    for (PsbtInput input : inputs) {
      OptionalInt wantedHeight = input.heightLock();
      OptionalInt wantedTime = input.timeLock();
      boolean wants = wantedHeight.isPresent() || wantedTime.isPresent();
      heights &= !wants || wantedHeight.isPresent();
      times &= !wants || wantedTime.isPresent();
      height = later(height, wantedHeight.orElse(0));
      time = later(time, wantedTime.orElse(0));
    }
    if (!heights && !times) {
      return OptionalInt.empty();
    }
    if (heights && height != 0) {
      return OptionalInt.of(height);
    }
    return times && time != 0 ? OptionalInt.of(time) : OptionalInt.of(fallback.orElse(0));
  }

  private static int later(int one, int other) {
    return Integer.compareUnsigned(one, other) >= 0 ? one : other;
  }
}
