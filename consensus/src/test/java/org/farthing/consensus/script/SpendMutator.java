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

/** Changes one thing in a spend: a script, the witness, a signature, an amount, the order. */
final class SpendMutator {
  private final Random random;

  SpendMutator(Random random) {
    this.random = random;
  }

  Spend mutate(Spend spend) {
    List<TxIn> inputs = new ArrayList<>(spend.transaction().inputs());
    List<TxOut> spent = new ArrayList<>(spend.spent());
    List<TxOut> outputs = new ArrayList<>(spend.transaction().outputs());
    int version = spend.transaction().version();
    int lockTime = spend.transaction().lockTime();
    int at = random.nextInt(inputs.size());
    TxIn input = inputs.get(at);
    switch (random.nextInt(10)) {
      case 0 -> inputs.set(at, input.withScriptSig(script(input.scriptSig())));
      case 1, 2, 3 -> inputs.set(at, input.withWitness(witness(input.witness())));
      case 4 -> {
        TxOut output = spent.get(at);
        spent.set(at, new TxOut(output.valueSat(), script(output.scriptPubKey())));
      }
      case 5 -> spent.set(at, new TxOut(random.nextInt(100), spent.get(at).scriptPubKey()));
      case 6 -> inputs.set(at, withSequence(input, random.nextInt()));
      case 7 -> lockTime = random.nextInt();
      case 8 -> version = random.nextInt(3);
      default -> Collections.shuffle(random.nextBoolean() ? outputs : inputs, random);
    }
    Transaction transaction = new Transaction(version, inputs, outputs, lockTime);
    return new Spend(transaction, spent, spend.flags());
  }

  private static TxIn withSequence(TxIn input, int sequence) {
    return new TxIn(input.outPoint(), input.scriptSig(), sequence, input.witness());
  }

  private Script script(Script script) {
    return Script.of(bytes(script.toByteArray()));
  }

  private Witness witness(Witness witness) {
    List<byte[]> items = witness.toList();
    if (items.isEmpty()) {
      return random.nextInt(4) == 0 ? Witness.of(new byte[] {1}) : witness;
    }
    int at = random.nextInt(items.size());
    switch (random.nextInt(7)) {
      case 0 -> items.remove(at);
      case 1 -> items.add(at, items.get(at));
      case 2 -> Collections.swap(items, at, random.nextInt(items.size()));
      case 3 -> items.add(annex());
      case 4 -> items.set(at, new byte[random.nextInt(2) * 521]);
      default -> items.set(at, bytes(items.get(at)));
    }
    return Witness.of(items);
  }

  private byte[] annex() {
    byte[] annex = new byte[1 + random.nextInt(5)];
    annex[0] = 0x50;
    return annex;
  }

  private byte[] bytes(byte[] bytes) {
    byte[] result = bytes.clone();
    if (result.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(result.length);
    switch (random.nextInt(5)) {
      case 0 -> result[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> result[at] = (byte) random.nextInt(256);
      case 2 -> result = Arrays.copyOf(result, at);
      case 3 -> result[result.length - 1] = (byte) random.nextInt(256);
      default -> {
        result = Arrays.copyOf(result, result.length + 1);
        System.arraycopy(bytes, at, result, at + 1, bytes.length - at);
        result[at] = (byte) random.nextInt(256);
      }
    }
    return result;
  }
}
