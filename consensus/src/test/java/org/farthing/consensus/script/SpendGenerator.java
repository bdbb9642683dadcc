package org.farthing.consensus.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;
import org.farthing.testing.TestKey;

/** Random transactions that spend outputs of every kind, signed in every way, mostly valid. */
final class SpendGenerator {
  private final Random random;

  SpendGenerator(Random random) {
    this.random = random;
  }

  /** How the items get to the script. */
  private interface Unlocking {
    TxIn unlock(PrecomputedTransaction unsigned, int index);
  }

  private record Output(Script scriptPubKey, Unlocking unlocking) {}

  Spend next(ScriptFlags flags) {
    Transaction unsigned = unsigned();
    List<Output> outputs = new ArrayList<>();
    List<TxOut> spent = new ArrayList<>();
    for (int i = 0; i < unsigned.inputs().size(); i++) {
      outputs.add(output(unsigned, i));
      spent.add(new TxOut(amount(), outputs.get(i).scriptPubKey()));
    }
    PrecomputedTransaction precomputed = PrecomputedTransaction.of(unsigned, spent);
    List<TxIn> signed = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      signed.add(outputs.get(i).unlocking().unlock(precomputed, i));
    }
    Transaction transaction =
        new Transaction(unsigned.version(), signed, unsigned.outputs(), unsigned.lockTime());
    return new Spend(transaction, spent, flags);
  }

  private Transaction unsigned() {
    List<TxIn> inputs = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      OutPoint outPoint = new OutPoint(Txid.of(bytes(32)), random.nextInt(4));
      inputs.add(new TxIn(outPoint, Script.EMPTY, sequence()));
    }
    List<TxOut> outputs = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      outputs.add(new TxOut(amount(), ScriptPattern.p2wpkh(bytes(20))));
    }
    int version = random.nextInt(4) == 0 ? random.nextInt() : 2;
    return new Transaction(version, inputs, outputs, lockTime());
  }

  private long amount() {
    return random.nextInt(10) == 0 ? random.nextLong(2_100_000_000_000_000L) : random.nextInt(1000);
  }

  private int sequence() {
    return switch (random.nextInt(5)) {
      case 0 -> Sequence.FINAL;
      case 1, 2 -> Sequence.TYPE_FLAG | random.nextInt(20);
      case 3 -> random.nextInt(20);
      default -> Sequence.MAX_NON_FINAL;
    };
  }

  private int lockTime() {
    return switch (random.nextInt(8)) {
      case 0 -> -1;
      case 1, 2, 3 -> 500_000_000 + random.nextInt(20);
      default -> random.nextInt(20);
    };
  }

  private Output output(Transaction unsigned, int index) {
    return switch (random.nextInt(12)) {
      case 0, 1 -> bare(lock(SigVersion.BASE, unsigned, index));
      case 2, 3 -> scriptHash(lock(SigVersion.BASE, unsigned, index));
      case 4 -> witnessKeyHash(random.nextBoolean());
      case 5, 6, 7 ->
          witnessScriptHash(lock(SigVersion.WITNESS_V0, unsigned, index), random.nextBoolean());
      case 8 -> keyPath();
      case 9, 10 -> scriptPath(lock(SigVersion.TAPSCRIPT, unsigned, index));
      default -> random.nextBoolean() ? keyPath() : anyProgram();
    };
  }

  private Lock lock(SigVersion version, Transaction unsigned, int index) {
    return new LockGenerator(random, version).next(unsigned, index);
  }

  private Output bare(Lock lock) {
    return new Output(
        lock.script(),
        (unsigned, index) ->
            input(unsigned, index).withScriptSig(pushes(legacyItems(lock, unsigned, index))));
  }

  private Output scriptHash(Lock lock) {
    byte[] redeem = lock.script().toByteArray();
    return new Output(
        ScriptPattern.p2sh(Hash160.hash(redeem)),
        (unsigned, index) -> {
          List<byte[]> items = new ArrayList<>(legacyItems(lock, unsigned, index));
          items.add(redeem);
          return input(unsigned, index).withScriptSig(pushes(items));
        });
  }

  private List<byte[]> legacyItems(Lock lock, PrecomputedTransaction unsigned, int index) {
    RandomSigner signer = new RandomSigner(random);
    return lock.key()
        .items(
            (key, last) ->
                signer.legacy(unsigned.transaction(), index, after(lock.script(), last), key));
  }

  /** What a signature covers; a script that was broken may be shorter. */
  private static Script after(Script script, Lock.Separator last) {
    return Script.of(script.slice(Math.min(last.end(), script.size()), script.size()));
  }

  private Output witnessKeyHash(boolean nested) {
    Lock lock = new LockGenerator(random, SigVersion.WITNESS_V0).p2pkh();
    byte[] keyHash = lock.script().slice(3, 23);
    return program(ScriptPattern.p2wpkh(keyHash), lock, nested, List.of());
  }

  private Output witnessScriptHash(Lock lock, boolean nested) {
    Script script = lock.script();
    return program(ScriptPattern.p2wsh(script), lock, nested, List.of(script.toByteArray()));
  }

  private Output program(Script program, Lock lock, boolean nested, List<byte[]> last) {
    Script output = nested ? ScriptPattern.p2sh(Hash160.hash(program.toByteArray())) : program;
    Script scriptSig = nested ? new ScriptBuilder().push(program).build() : Script.EMPTY;
    RandomSigner signer = new RandomSigner(random);
    return new Output(
        output,
        (unsigned, index) -> {
          List<byte[]> items =
              new ArrayList<>(
                  lock.key()
                      .items(
                          (key, separator) ->
                              signer.segwit(
                                  unsigned, index, after(lock.script(), separator), key)));
          items.addAll(last);
          return input(unsigned, index).withScriptSig(scriptSig).withWitness(Witness.of(items));
        });
  }

  /** With or without a tree that nobody shows. */
  private Output keyPath() {
    byte[] root = random.nextBoolean() ? bytes(32) : new byte[0];
    TestKey key = new LockGenerator(random, SigVersion.TAPSCRIPT).key().tweaked(root);
    byte[] annex = annex();
    RandomSigner signer = new RandomSigner(random);
    return new Output(
        ScriptPattern.p2tr(key.xOnly()),
        (unsigned, index) -> {
          TaprootContext context = TaprootContext.keyPath(annexHash(annex));
          List<byte[]> items = new ArrayList<>();
          items.add(signer.schnorr(unsigned, index, key, context));
          return input(unsigned, index).withWitness(withAnnex(items, annex));
        });
  }

  /** A leaf somewhere in a tree, mostly of tapscript. */
  private Output scriptPath(Lock lock) {
    int version = random.nextInt(12) == 0 ? 2 * random.nextInt(128) : Taproot.LEAF_TAPSCRIPT;
    TapTree.Leaf leaf = new TapTree.Leaf(version, lock.script());
    TapTree tree = tree(leaf);
    byte[] internal = new LockGenerator(random, SigVersion.TAPSCRIPT).key().xOnly();
    byte[] outputKey = Taproot.outputKey(internal, tree.hash());
    TapTree.Path path =
        tree.paths().stream().filter(other -> other.leaf().equals(leaf)).findFirst().orElseThrow();
    byte[] control = path.controlBlock(internal, outputKey);
    byte[] annex = annex();
    RandomSigner signer = new RandomSigner(random);
    return new Output(
        ScriptPattern.p2tr(TapTree.xOnly(outputKey)),
        (unsigned, index) -> {
          TaprootContext context = TaprootContext.scriptPath(annexHash(annex), leaf.hash(), 0);
          List<byte[]> items =
              new ArrayList<>(
                  lock.key()
                      .items(
                          (key, separator) -> {
                            context.setCodeSeparatorPosition(separator.index());
                            return signer.schnorr(unsigned, index, key, context);
                          }));
          items.add(lock.script().toByteArray());
          items.add(control);
          return input(unsigned, index).withWitness(withAnnex(items, annex));
        });
  }

  /** A tree with this leaf in it: of any form, or as deep as allowed, or deeper by one. */
  private TapTree tree(TapTree.Leaf leaf) {
    int depth = random.nextInt(20) == 0 ? 127 + random.nextInt(3) : random.nextInt(5);
    TapTree tree = leaf;
    for (int i = 0; i < depth; i++) {
      TapTree other =
          depth < 5 && random.nextInt(3) == 0
              ? new TapTree.Branch(otherLeaf(), otherLeaf())
              : otherLeaf();
      tree =
          random.nextBoolean() ? new TapTree.Branch(tree, other) : new TapTree.Branch(other, tree);
    }
    return tree;
  }

  private TapTree otherLeaf() {
    return new TapTree.Leaf(Taproot.LEAF_TAPSCRIPT, Script.of(bytes(random.nextInt(4))));
  }

  /** Null mostly. */
  private byte[] annex() {
    if (random.nextInt(6) != 0) {
      return null;
    }
    byte[] annex = bytes(1 + random.nextInt(random.nextInt(10) == 0 ? 700 : 10));
    annex[0] = Taproot.ANNEX_TAG;
    return annex;
  }

  private static byte[] annexHash(byte[] annex) {
    return annex == null ? null : Sha256.hash(new ByteWriter().varBytes(annex).toByteArray());
  }

  private static Witness withAnnex(List<byte[]> items, byte[] annex) {
    if (annex != null) {
      items.add(annex);
    }
    return Witness.of(items);
  }

  /** A program of any version and size, bare or nested: mostly without meaning yet. */
  private Output anyProgram() {
    int version = random.nextInt(random.nextBoolean() ? 2 : 17);
    int[] sizes = {2, 19, 20, 21, 31, 32, 33, 40};
    byte[] hash = bytes(sizes[random.nextInt(sizes.length)]);
    Script program =
        random.nextInt(4) == 0
            ? ScriptPattern.witnessProgram(1, new byte[] {0x4e, 0x73})
            : ScriptPattern.witnessProgram(version, hash);
    boolean empty = random.nextInt(3) == 0;
    Lock lock = empty ? Lock.of(Script.EMPTY) : Lock.of(Script.EMPTY, bytes(random.nextInt(40)));
    return program(program, lock, random.nextInt(3) == 0, List.of());
  }

  private static TxIn input(PrecomputedTransaction unsigned, int index) {
    return unsigned.transaction().inputs().get(index);
  }

  private static Script pushes(List<byte[]> items) {
    ScriptBuilder builder = new ScriptBuilder();
    items.forEach(builder::pushMinimal);
    return builder.build();
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
