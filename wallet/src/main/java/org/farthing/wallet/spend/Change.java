package org.farthing.wallet.spend;

import java.util.Optional;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;

/**
 * Where the rest of a payment goes.
 *
 * @param script empty where the wallet has no keys for change: then there must be no rest
 * @param spendWeight the weight units that an input takes which spends it later
 */
public record Change(Optional<Script> script, int spendWeight) {
  /** An input that spends P2WPKH in P2SH: what others' change is taken for. */
  public static final int NESTED_SPEND_WEIGHT = 4 * 91;

  private static final Script USUAL = ScriptPattern.p2wpkh(new byte[20]);

  /** No change is possible. */
  public static Change none() {
    return new Change(Optional.empty(), NESTED_SPEND_WEIGHT);
  }

  /** The script, or one of a usual size in its place. */
  Script scriptOrUsual() {
    return script.orElse(USUAL);
  }
}
