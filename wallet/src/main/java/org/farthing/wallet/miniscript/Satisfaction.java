package org.farthing.wallet.miniscript;

import java.util.List;
import org.farthing.consensus.bytes.ByteString;

/**
 * The items of a witness that satisfy a script, without the script.
 *
 * @param stack from the bottom
 * @param hasSignature without one anybody could use it for another transaction
 * @param malleable whether somebody else can make another valid witness out of it
 */
public record Satisfaction(List<ByteString> stack, boolean hasSignature, boolean malleable) {
  public Satisfaction {
    stack = List.copyOf(stack);
  }

  /** Whether the owner of the coins should use it. */
  public boolean isSafe() {
    return hasSignature && !malleable;
  }
}
