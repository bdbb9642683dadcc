package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.wallet.descriptor.DescriptorParser.Context;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.miniscript.Insanity;
import org.farthing.wallet.miniscript.KeyReader;
import org.farthing.wallet.miniscript.Miniscript;
import org.farthing.wallet.miniscript.MiniscriptException;
import org.farthing.wallet.miniscript.ScriptContext;

/** Which miniscripts descriptors take in, and what is said of the others and of doubtful ones. */
final class MiniscriptRules {
  private MiniscriptRules() {}

  /**
   * Reads a miniscript that a descriptor may have.
   *
   * @throws MiniscriptException if the text is none
   * @throws WalletException INVALID_DESCRIPTOR if it is none that should be used
   */
  static Miniscript<KeyExpression> parse(
      String text, Context context, KeyReader<KeyExpression> keys)
      throws MiniscriptException, WalletException {
    ScriptContext script = context == Context.P2WSH ? ScriptContext.P2WSH : ScriptContext.TAPSCRIPT;
    Miniscript<KeyExpression> miniscript = Miniscript.parse(text, script, keys);
    if (context != Context.P2WSH && context != Context.P2TR) {
      throw DescriptorParser.invalid("Miniscript expressions can only be used in wsh or tr.");
    }
    Optional<Insanity> insanity = miniscript.insanity(key -> identity(key, script));
    if (insanity.isPresent()) {
      throw DescriptorParser.invalid(insanity.get().text());
    }
    return miniscript;
  }

  /** Two keys are the same if one can sign for the other at the first index. */
  private static Object identity(KeyExpression key, ScriptContext context) {
    if (!key.canDerive()) {
      return key.toString();
    }
    byte[] bytes = key.publicKey(0);
    boolean xOnly = context == ScriptContext.TAPSCRIPT;
    return ByteString.of(xOnly ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  /** Relative locks of which the consensus rules see only a part, in Bitcoin Core's words. */
  static List<String> warnings(Miniscript<KeyExpression> miniscript) {
    List<String> warnings = new ArrayList<>();
    for (int lock : miniscript.relativeLocks()) {
      boolean byTime = (lock & Sequence.TYPE_FLAG) != 0;
      if ((lock & ~Sequence.TYPE_FLAG) > Sequence.MASK) {
        warnings.add(
            byTime
                ? "time-based relative locktime: older("
                    + lock
                    + ") > (65535 * 512) seconds is unsafe"
                : "height-based relative locktime: older(" + lock + ") > 65535 blocks is unsafe");
      }
    }
    return warnings;
  }
}
