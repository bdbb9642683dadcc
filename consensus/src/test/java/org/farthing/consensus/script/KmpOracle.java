package org.farthing.consensus.script;

import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.Transaction;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.farthing.consensus.primitives.TxOut;

/** bitcoin-kmp, a script engine by others. */
final class KmpOracle {
  private static final Map<ScriptFlag, Integer> BITS = bits();

  private KmpOracle() {}

  /** Whether it lets all inputs spend their outputs. */
  static boolean accepts(Spend spend) {
    try {
      Transaction transaction = Transaction.read(spend.transaction().serialize());
      Map<OutPoint, fr.acinq.bitcoin.TxOut> outputs = new HashMap<>();
      for (int i = 0; i < spend.spent().size(); i++) {
        TxOut output = spend.spent().get(i);
        outputs.put(
            transaction.txIn.get(i).outPoint,
            new fr.acinq.bitcoin.TxOut(
                new Satoshi(output.valueSat()), output.scriptPubKey().toByteArray()));
      }
      Transaction.correctlySpends(transaction, outputs, bits(spend.flags()));
      return true;
    } catch (RuntimeException | OutOfMemoryError e) {
      // The latter where a signature claims to be of gigabytes: it believes that.
      return false;
    }
  }

  private static int bits(ScriptFlags flags) {
    return BITS.entrySet().stream()
        .filter(entry -> flags.has(entry.getKey()))
        .mapToInt(Map.Entry::getValue)
        .reduce(0, (one, other) -> one | other);
  }

  private static Map<ScriptFlag, Integer> bits() {
    Map<ScriptFlag, Integer> bits = new EnumMap<>(ScriptFlag.class);
    for (ScriptFlag flag : ScriptFlag.values()) {
      try {
        String name = "SCRIPT_VERIFY_" + flag.name();
        bits.put(flag, fr.acinq.bitcoin.ScriptFlags.class.getField(name).getInt(null));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("bitcoin-kmp does not know " + flag, e);
      }
    }
    return bits;
  }
}
