package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.primitives.Witness;

/** Random transactions that spend outputs of every kind, signed in every way, mostly valid. */
final class SpendGenerator {
  private static final int[] TYPES = {1, 2, 3, 0x81, 0x82, 0x83};
  private static final byte[] DUMMY = {};

  private final Random random;

  SpendGenerator(Random random) {
    this.random = random;
  }

  /** An output's script, and how to satisfy it. */
  private record Lock(Script scriptPubKey, Key key) {}

  /** Makes the items that a script wants below itself. */
  private interface Key {
    List<byte[]> items(Signer signer);
  }

  /** Signs with a key under the rules of the place where the script is. */
  private interface Signer {
    byte[] sign(byte[] privateKey);
  }

  /** How the items get to the script. */
  private interface Unlocking {
    TxIn unlock(PrecomputedTransaction unsigned, int index);
  }

  private record Output(Script scriptPubKey, Unlocking unlocking) {}

  Spend next(ScriptFlags flags) {
    int count = 1 + random.nextInt(3);
    List<Output> locks = new ArrayList<>();
    List<TxOut> spent = new ArrayList<>();
    List<TxIn> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Output lock = output();
      locks.add(lock);
      spent.add(new TxOut(random.nextInt(1_000_000), lock.scriptPubKey()));
      OutPoint outPoint = new OutPoint(Txid.of(bytes(32)), random.nextInt(4));
      inputs.add(new TxIn(outPoint, Script.EMPTY, sequence()));
    }
    List<TxOut> outputs = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      outputs.add(new TxOut(random.nextInt(1_000_000), ScriptPattern.p2wpkh(bytes(20))));
    }
    int version = random.nextInt(4) == 0 ? random.nextInt() : 2;
    Transaction unsigned = new Transaction(version, inputs, outputs, lockTime());
    PrecomputedTransaction precomputed = PrecomputedTransaction.of(unsigned, spent);
    List<TxIn> signed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      signed.add(locks.get(i).unlocking().unlock(precomputed, i));
    }
    return new Spend(new Transaction(version, signed, outputs, unsigned.lockTime()), spent, flags);
  }

  private int sequence() {
    return switch (random.nextInt(4)) {
      case 0 -> Sequence.FINAL;
      case 1 -> Sequence.TYPE_FLAG | random.nextInt(10);
      case 2 -> random.nextInt(10);
      default -> Sequence.MAX_NON_FINAL;
    };
  }

  private int lockTime() {
    return random.nextBoolean() ? random.nextInt(10) : 500_000_000 + random.nextInt(10);
  }

  private Output output() {
    return switch (random.nextInt(7)) {
      case 0 -> bare(lock(true));
      case 1 -> scriptHash(lock(true));
      case 2 -> witnessKeyHash(random.nextBoolean());
      case 3 -> witnessScriptHash(lock(false), random.nextBoolean());
      case 4 -> keyPath();
      case 5 -> scriptPath();
      default -> bare(p2pkh());
    };
  }

  private Lock lock(boolean uncompressed) {
    return switch (random.nextInt(6)) {
      case 0 -> p2pk(uncompressed);
      case 1 -> multisig();
      case 2 -> program();
      case 3 -> lockTimes();
      case 4 -> codeSeparator();
      default -> p2pkh();
    };
  }

  private Lock p2pk(boolean uncompressed) {
    byte[] key = privateKey();
    byte[] publicKey = Secp256k1.publicKey(key);
    if (uncompressed && random.nextBoolean()) {
      publicKey = Secp256k1.uncompressed(publicKey);
      if (random.nextInt(3) == 0) {
        publicKey[0] = (byte) (6 + (publicKey[64] & 1)); // hybrid
      }
    }
    return new Lock(ScriptPattern.p2pk(publicKey), signer -> List.of(signer.sign(key)));
  }

  private Lock p2pkh() {
    byte[] key = privateKey();
    byte[] publicKey = Secp256k1.publicKey(key);
    return new Lock(
        ScriptPattern.p2pkh(Hash160.hash(publicKey)),
        signer -> List.of(signer.sign(key), publicKey));
  }

  private Lock multisig() {
    int size = 1 + random.nextInt(4);
    int required = 1 + random.nextInt(size);
    List<byte[]> keys = new ArrayList<>();
    List<byte[]> publicKeys = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      keys.add(privateKey());
      publicKeys.add(Secp256k1.publicKey(keys.get(i)));
    }
    return new Lock(
        ScriptPattern.multisig(required, publicKeys),
        signer -> {
          List<byte[]> items = new ArrayList<>(List.of(DUMMY));
          keys.subList(size - required, size).forEach(key -> items.add(signer.sign(key)));
          return items;
        });
  }

  private Lock program() {
    int arguments = random.nextInt(3);
    List<byte[]> items = new ArrayList<>();
    for (int i = 0; i < arguments; i++) {
      items.add(bytes(random.nextInt(70)));
    }
    return new Lock(ProgramGenerator.program(random, arguments), signer -> items);
  }

  private Lock lockTimes() {
    ScriptBuilder builder = new ScriptBuilder();
    boolean height = random.nextBoolean();
    builder.number(random.nextInt(10) + (height ? 0 : 500_000_000));
    builder.op(OP_CHECKLOCKTIMEVERIFY).op(OP_DROP);
    if (random.nextBoolean()) {
      builder.number((random.nextBoolean() ? Sequence.TYPE_FLAG : 0) | random.nextInt(10));
      builder.op(OP_CHECKSEQUENCEVERIFY).op(OP_DROP);
    }
    return new Lock(builder.op(OP_1).build(), signer -> List.of());
  }

  /** A code separator that is not executed does not count. */
  private Lock codeSeparator() {
    byte[] key = privateKey();
    Script script =
        new ScriptBuilder()
            .number(0)
            .op(OP_IF)
            .op(OP_CODESEPARATOR)
            .op(OP_ENDIF)
            .push(Secp256k1.publicKey(key))
            .op(OP_CHECKSIG)
            .build();
    return new Lock(script, signer -> List.of(signer.sign(key)));
  }

  private Output bare(Lock lock) {
    return new Output(
        lock.scriptPubKey(),
        (unsigned, index) ->
            input(unsigned, index).withScriptSig(pushes(legacyItems(lock, unsigned, index))));
  }

  private Output scriptHash(Lock lock) {
    byte[] redeem = lock.scriptPubKey().toByteArray();
    return new Output(
        ScriptPattern.p2sh(Hash160.hash(redeem)),
        (unsigned, index) -> {
          List<byte[]> items = new ArrayList<>(legacyItems(lock, unsigned, index));
          items.add(redeem);
          return input(unsigned, index).withScriptSig(pushes(items));
        });
  }

  private List<byte[]> legacyItems(Lock lock, PrecomputedTransaction unsigned, int index) {
    return lock.key()
        .items(
            key -> {
              int type = type();
              byte[] hash =
                  SigHash.legacy(unsigned.transaction(), index, lock.scriptPubKey(), type);
              return ecdsa(hash, key, type);
            });
  }

  private Output witnessKeyHash(boolean nested) {
    byte[] key = privateKey();
    byte[] publicKey = Secp256k1.publicKey(key);
    byte[] hash = Hash160.hash(publicKey);
    Lock lock = new Lock(ScriptPattern.p2pkh(hash), signer -> List.of(signer.sign(key), publicKey));
    return program(ScriptPattern.p2wpkh(hash), lock, nested, List.of());
  }

  private Output witnessScriptHash(Lock lock, boolean nested) {
    Script script = lock.scriptPubKey();
    return program(ScriptPattern.p2wsh(script), lock, nested, List.of(script.toByteArray()));
  }

  private Output program(Script program, Lock lock, boolean nested, List<byte[]> last) {
    Script output = nested ? ScriptPattern.p2sh(Hash160.hash(program.toByteArray())) : program;
    Script scriptSig = nested ? new ScriptBuilder().push(program).build() : Script.EMPTY;
    return new Output(
        output,
        (unsigned, index) -> {
          List<byte[]> items = new ArrayList<>(segwitItems(lock, unsigned, index));
          items.addAll(last);
          return input(unsigned, index).withScriptSig(scriptSig).withWitness(Witness.of(items));
        });
  }

  private List<byte[]> segwitItems(Lock lock, PrecomputedTransaction unsigned, int index) {
    return lock.key()
        .items(
            key -> {
              int type = type();
              return ecdsa(SigHash.segwit(unsigned, index, lock.scriptPubKey(), type), key, type);
            });
  }

  private Output keyPath() {
    byte[] key = privateKey();
    byte[] outputKey = Arrays.copyOfRange(Secp256k1.publicKey(key), 1, 33);
    return new Output(
        ScriptPattern.p2tr(outputKey),
        (unsigned, index) -> {
          TaprootContext context = TaprootContext.keyPath(null);
          return input(unsigned, index)
              .withWitness(Witness.of(schnorr(unsigned, index, key, context)));
        });
  }

  /** A leaf of one of the kinds, under a few random neighbours. */
  private Output scriptPath() {
    Lock lock = leaf();
    int version = random.nextInt(10) == 0 ? 2 * random.nextInt(128) : Taproot.LEAF_TAPSCRIPT;
    byte[] leafHash = Taproot.leafHash(version, lock.scriptPubKey());
    byte[] internal = Arrays.copyOfRange(Secp256k1.publicKey(privateKey()), 1, 33);
    byte[] path = bytes(32 * random.nextInt(4));
    byte[] root = leafHash;
    for (int at = 0; at < path.length; at += 32) {
      root = Taproot.branchHash(root, Arrays.copyOfRange(path, at, at + 32));
    }
    byte[] outputKey = Taproot.outputKey(internal, root);
    byte[] control = new byte[33 + path.length];
    control[0] = (byte) (version | (outputKey[0] & 1));
    System.arraycopy(internal, 0, control, 1, 32);
    System.arraycopy(path, 0, control, 33, path.length);
    return new Output(
        ScriptPattern.p2tr(Arrays.copyOfRange(outputKey, 1, 33)),
        (unsigned, index) -> {
          TaprootContext context = TaprootContext.scriptPath(null, leafHash, 0);
          List<byte[]> items =
              new ArrayList<>(lock.key().items(key -> schnorr(unsigned, index, key, context)));
          items.add(lock.scriptPubKey().toByteArray());
          items.add(control);
          return input(unsigned, index).withWitness(Witness.of(items));
        });
  }

  private Lock leaf() {
    return switch (random.nextInt(5)) {
      case 0 -> program();
      case 1 -> lockTimes();
      case 2 -> success();
      case 3 -> checkSigAdd();
      default -> {
        byte[] key = privateKey();
        byte[] x = Arrays.copyOfRange(Secp256k1.publicKey(key), 1, 33);
        Script script = new ScriptBuilder().push(x).op(OP_CHECKSIG).build();
        yield new Lock(script, signer -> List.of(signer.sign(key)));
      }
    };
  }

  private Lock success() {
    Script script = new ScriptBuilder().op(OP_RETURN).op(0x7e + random.nextInt(0x81)).build();
    return new Lock(script, signer -> List.of());
  }

  /** Two keys, one signature; sometimes a third key of a version to come. */
  private Lock checkSigAdd() {
    byte[] key = privateKey();
    byte[] other = Arrays.copyOfRange(Secp256k1.publicKey(privateKey()), 1, 33);
    ScriptBuilder builder = new ScriptBuilder();
    builder.push(Arrays.copyOfRange(Secp256k1.publicKey(key), 1, 33)).op(OP_CHECKSIG);
    builder.push(other).op(OP_CHECKSIGADD);
    boolean unknown = random.nextBoolean();
    if (unknown) {
      builder.push(bytes(33)).op(OP_CHECKSIGADD);
    }
    builder.number(unknown ? 2 : 1).op(OP_NUMEQUAL);
    return new Lock(
        builder.build(),
        signer -> {
          byte[] signature = signer.sign(key);
          return unknown ? List.of(new byte[] {1}, DUMMY, signature) : List.of(DUMMY, signature);
        });
  }

  private static TxIn input(PrecomputedTransaction unsigned, int index) {
    return unsigned.transaction().inputs().get(index);
  }

  private static Script pushes(List<byte[]> items) {
    ScriptBuilder builder = new ScriptBuilder();
    items.forEach(builder::pushMinimal);
    return builder.build();
  }

  private int type() {
    return random.nextInt(3) == 0 ? TYPES[random.nextInt(TYPES.length)] : SigHashType.ALL;
  }

  private static byte[] ecdsa(byte[] hash, byte[] key, int type) {
    byte[] der = Secp256k1.compactToDer(Secp256k1.signEcdsa(hash, key));
    byte[] signature = Arrays.copyOf(der, der.length + 1);
    signature[der.length] = (byte) type;
    return signature;
  }

  private byte[] schnorr(
      PrecomputedTransaction unsigned, int index, byte[] key, TaprootContext context) {
    int type = random.nextBoolean() ? SigHashType.DEFAULT : type();
    byte[] hash = SigHash.taproot(unsigned, index, type, context);
    if (hash == null) {
      return bytes(65);
    }
    byte[] signature = Secp256k1.signSchnorr(hash, key, new byte[32]);
    if (type == SigHashType.DEFAULT) {
      return signature;
    }
    byte[] typed = Arrays.copyOf(signature, 65);
    typed[64] = (byte) type;
    return typed;
  }

  private byte[] privateKey() {
    byte[] key = bytes(32);
    key[0] = 1;
    return key;
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
