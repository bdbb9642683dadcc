package org.farthing.consensus.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Witness;

/**
 * Changes one thing in a spend: a script, the witness, a signature, an amount, a rule, the order.
 */
final class SpendMutator {
  private static final List<ScriptFlag> FLAGS = List.of(ScriptFlag.values());

  private final Random random;

  SpendMutator(Random random) {
    this.random = random;
  }

  Spend mutate(Spend spend) {
    List<TxIn> inputs = new ArrayList<>(spend.transaction().inputs());
    List<TxOut> spent = new ArrayList<>(spend.spent());
    List<TxOut> outputs = new ArrayList<>(spend.transaction().outputs());
    ScriptFlags flags = spend.flags();
    int version = spend.transaction().version();
    int lockTime = spend.transaction().lockTime();
    int at = random.nextInt(inputs.size());
    TxIn input = inputs.get(at);
    switch (random.nextInt(14)) {
      case 0, 1 -> inputs.set(at, input.withScriptSig(scriptSig(input.scriptSig())));
      case 2, 3, 4 -> inputs.set(at, input.withWitness(witness(input.witness())));
      case 5 -> spent.set(at, withScript(spent.get(at)));
      case 6 -> spent.set(at, new TxOut(random.nextInt(100), spent.get(at).scriptPubKey()));
      case 7 -> outputs.set(0, new TxOut(random.nextInt(100), outputs.get(0).scriptPubKey()));
      case 8 -> inputs.set(at, withSequence(input, random.nextInt()));
      case 9 -> lockTime = random.nextInt();
      case 10 -> version = random.nextInt(3);
      case 11, 12 -> flags = toggled(flags);
      default -> Collections.shuffle(anyOf(inputs, outputs, spent), random);
    }
    return new Spend(new Transaction(version, inputs, outputs, lockTime), spent, flags);
  }

  private List<?> anyOf(List<?>... lists) {
    return lists[random.nextInt(lists.length)];
  }

  private ScriptFlags toggled(ScriptFlags flags) {
    ScriptFlag flag = FLAGS.get(random.nextInt(FLAGS.size()));
    return FlagSets.trim(flags.has(flag) ? flags.without(flag) : flags.with(flag));
  }

  private static TxIn withSequence(TxIn input, int sequence) {
    return new TxIn(input.outPoint(), input.scriptSig(), sequence, input.witness());
  }

  private TxOut withScript(TxOut output) {
    byte[] script = bytes(random, output.scriptPubKey().toByteArray());
    return new TxOut(output.valueSat(), Script.of(script));
  }

  /** Something in front changes no result, but may be one thing too many. */
  private Script scriptSig(Script script) {
    return switch (random.nextInt(4)) {
      case 0 -> new ScriptBuilder().op(Opcode.OP_NOP).append(script).build();
      case 1 -> new ScriptBuilder().number(random.nextInt(3)).append(script).build();
      default -> Script.of(bytes(random, script.toByteArray()));
    };
  }

  private Witness witness(Witness witness) {
    List<byte[]> items = witness.toList();
    if (items.isEmpty()) {
      return random.nextInt(4) == 0 ? Witness.of(new byte[] {1}) : witness;
    }
    int at = random.nextInt(items.size());
    switch (random.nextInt(9)) {
      case 0 -> items.remove(at);
      case 1 -> items.add(at, items.get(at));
      case 2 -> Collections.swap(items, at, random.nextInt(items.size()));
      case 3 -> items.add(annex());
      case 4 -> items.set(at, new byte[random.nextInt(3) * 521 / 2]);
      case 5 -> items.clear();
      case 6 -> items.addAll(0, Collections.nCopies(random.nextInt(1_002), new byte[1]));
      default -> items.set(at, bytes(random, items.get(at)));
    }
    return Witness.of(items);
  }

  private byte[] annex() {
    byte[] annex = new byte[1 + random.nextInt(5)];
    annex[0] = Taproot.ANNEX_TAG;
    return annex;
  }

  /** The same bytes but for one bit or byte, or with one more, or cut off. */
  static byte[] bytes(Random random, byte[] bytes) {
    byte[] result = bytes.clone();
    if (result.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(result.length);
    switch (random.nextInt(6)) {
      case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> result[at] = (byte) random.nextInt(256);
      case 2 -> result = Arrays.copyOf(result, at);
      case 3 -> result[result.length - 1] = (byte) random.nextInt(256);
      case 4 -> result = without(result, at);
      default -> {
        result = Arrays.copyOf(result, result.length + 1);
        System.arraycopy(bytes, at, result, at + 1, bytes.length - at);
        result[at] = (byte) random.nextInt(256);
      }
    }
    return result;
  }

  private static byte[] without(byte[] bytes, int at) {
    byte[] result = Arrays.copyOf(bytes, bytes.length - 1);
    System.arraycopy(bytes, at + 1, result, at, result.length - at);
    return result;
  }
}
