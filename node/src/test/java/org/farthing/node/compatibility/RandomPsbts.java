package org.farthing.node.compatibility;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.error.WalletException;

/** Random payments: what they spend, whom they pay, who has which key, what signatures cover. */
final class RandomPsbts {
  private static final int TIMES = 500_000_000;
  private static final int MOST_OLD = 1000;
  private static final long LEAST = 1000;
  private static final List<PsbtOwner> SIGNERS =
      List.of(PsbtOwner.US, PsbtOwner.BDK, PsbtOwner.KMP);
  private static final List<PsbtForm> FORMS = List.of(PsbtForm.values());
  private static final int[] TYPES = {
    SigHashType.ALL,
    SigHashType.NONE,
    SigHashType.SINGLE,
    SigHashType.ALL | SigHashType.ANYONE_CAN_PAY,
    SigHashType.NONE | SigHashType.ANYONE_CAN_PAY,
    SigHashType.SINGLE | SigHashType.ANYONE_CAN_PAY
  };

  private final Random random;

  RandomPsbts(Random random) {
    this.random = random;
  }

  /** An input and the way in which it is meant to be spent. */
  private record Plan(PsbtCase.Lock lock, boolean old) {}

  PsbtCase next() throws WalletException {
    int lockTime = lockTime();
    int outputs = 1 + random.nextInt(4);
    List<Plan> plans = new ArrayList<>();
    List<PsbtCase.Spent> inputs = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Plan plan = plan(lockTime);
      plans.add(plan);
      inputs.add(spent(plan.lock(), i, outputs));
    }
    return new PsbtCase(inputs, unsigned(inputs, plans, outputs, lockTime));
  }

  /** None, a height, or a time. */
  private int lockTime() {
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> 1 + random.nextInt(1_000_000);
      default -> TIMES + 1 + random.nextInt(1_000_000_000);
    };
  }

  private Plan plan(int lockTime) {
    PsbtForm form = FORMS.get(random.nextInt(FORMS.size()));
    if (form.isAfter() && lockTime == 0) {
      return plan(lockTime);
    }
    PsbtForm.Way way = form.ways().get(random.nextInt(form.ways().size()));
    int base = lockTime < TIMES ? 0 : TIMES;
    int after = lockTime == 0 ? 1 : base + 1 + random.nextInt(lockTime - base);
    PsbtCase.Lock lock =
        new PsbtCase.Lock(
            form,
            owners(form, way),
            random.nextInt(Integer.MAX_VALUE - 10),
            1 + random.nextInt(MOST_OLD),
            after,
            random.nextInt(10));
    return new Plan(lock, way.old());
  }

  /** Those who have to sign are there, some of the others too; now and then one is missing. */
  private List<PsbtOwner> owners(PsbtForm form, PsbtForm.Way way) {
    Set<Integer> there = new HashSet<>(way.keys());
    for (int i = 0; i < form.keyCount(); i++) {
      if (random.nextInt(5) == 0) {
        there.add(i);
      }
    }
    if (random.nextInt(40) == 0) {
      there.remove(way.keys().iterator().next());
    }
    List<PsbtOwner> owners = new ArrayList<>();
    for (int i = 0; i < form.keyCount(); i++) {
      PsbtOwner owner = SIGNERS.get(random.nextInt(form.isSignedByKmp() ? 3 : 2));
      owners.add(there.contains(i) ? owner : PsbtOwner.ABSENT);
    }
    return owners;
  }

  private PsbtCase.Spent spent(PsbtCase.Lock lock, int index, int outputs) throws WalletException {
    Script script = lock.parsed(key -> false).scriptsAt(PsbtCase.INDEX).get(0);
    int output = random.nextInt(3);
    List<TxOut> all = new ArrayList<>();
    for (int i = output + random.nextInt(2); i >= 0; i--) {
      all.add(new TxOut(LEAST, elsewhere()));
    }
    all.set(output, new TxOut(100_000 + random.nextInt(Integer.MAX_VALUE), script));
    TxIn input = new TxIn(new OutPoint(txid(), random.nextInt(4)), Script.EMPTY, Sequence.FINAL);
    TxIn signed = random.nextBoolean() ? input : input.withWitness(Witness.of(bytes(64)));
    Transaction before = new Transaction(2, List.of(signed), all, random.nextInt(1000));
    return new PsbtCase.Spent(lock, before, output, type(lock.form(), index, outputs));
  }

  private int type(PsbtForm form, int index, int outputs) {
    int type = TYPES[random.nextInt(TYPES.length)];
    if (random.nextInt(3) > 0 || (SigHashType.isSingle(type) && index >= outputs)) {
      return SigHashType.DEFAULT;
    }
    return type == SigHashType.ALL && !form.isTaproot() ? SigHashType.DEFAULT : type;
  }

  private Transaction unsigned(
      List<PsbtCase.Spent> inputs, List<Plan> plans, int outputs, int lockTime)
      throws WalletException {
    boolean old = plans.stream().anyMatch(Plan::old);
    List<TxIn> spending = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      PsbtCase.Spent spent = inputs.get(i);
      OutPoint outPoint = new OutPoint(spent.before().txid(), spent.output());
      spending.add(new TxIn(outPoint, Script.EMPTY, sequence(plans.get(i))));
    }
    long value = inputs.stream().mapToLong(spent -> spent.utxo().valueSat()).sum() - LEAST;
    List<TxOut> paying = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      paying.add(new TxOut(value / outputs, payee(inputs)));
    }
    int version = old ? 2 + random.nextInt(2) : 1 + random.nextInt(3);
    return new Transaction(version, spending, paying, lockTime);
  }

  private int sequence(Plan plan) {
    if (plan.old()) {
      return plan.lock().older() + random.nextInt(MOST_OLD);
    }
    return switch (random.nextInt(4)) {
      case 0 -> plan.lock().form().isAfter() ? 0 : Sequence.FINAL;
      case 1 -> Sequence.MAX_NON_FINAL;
      case 2 -> Sequence.MAX_REPLACEABLE;
      default -> random.nextInt(Sequence.MASK);
    };
  }

  /** Somebody else, or one of those who pay. */
  private Script payee(List<PsbtCase.Spent> inputs) throws WalletException {
    if (random.nextBoolean()) {
      return elsewhere();
    }
    PsbtCase.Lock lock = inputs.get(random.nextInt(inputs.size())).lock();
    return lock.parsed(key -> false).scriptsAt(PsbtCase.INDEX + 1).get(0);
  }

  private Script elsewhere() {
    return switch (random.nextInt(4)) {
      case 0 -> ScriptPattern.p2pkh(bytes(20));
      case 1 -> ScriptPattern.p2sh(bytes(20));
      case 2 -> ScriptPattern.p2wpkh(bytes(20));
      default -> ScriptPattern.p2wsh(bytes(32));
    };
  }

  private Txid txid() {
    return Txid.of(bytes(32));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
