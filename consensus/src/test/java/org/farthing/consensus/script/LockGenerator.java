package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.testing.TestKey;

/** Random scripts of every family, with what satisfies them. */
final class LockGenerator {
  private static final byte[] EMPTY = {};
  private static final int TIME = 500_000_000;

  private final Random random;
  private final SigVersion version;

  LockGenerator(Random random, SigVersion version) {
    this.random = random;
    this.version = version;
  }

  /**
   * A lock for one input.
   *
   * @param unsigned what will be signed
   */
  Lock next(Transaction unsigned, int index) {
    Lock lock = version == SigVersion.TAPSCRIPT ? leaf() : beforeTaproot(unsigned, index);
    // Broken before anything commits to it, so that it runs.
    return random.nextInt(12) == 0 ? lock.with(broken(lock.script())) : lock;
  }

  private Lock beforeTaproot(Transaction unsigned, int index) {
    return switch (random.nextInt(11)) {
      case 0 -> p2pk();
      case 1 -> p2pkh();
      case 2 -> multisig();
      case 3 -> program();
      case 4 -> lockTimes();
      case 5 -> codeSeparators();
      case 6 -> version == SigVersion.BASE ? findAndDelete(unsigned, index) : multisig();
      case 7 -> negated();
      case 8 -> branches();
      default -> EdgeScripts.pick(random);
    };
  }

  private Lock leaf() {
    return switch (random.nextInt(11)) {
      case 0 -> p2pk();
      case 1 -> program();
      case 2 -> lockTimes();
      case 3 -> codeSeparators();
      case 4 -> checkSigAdd();
      case 5 -> success();
      case 6 -> budget();
      case 7 -> negated();
      case 8 -> branches();
      default -> EdgeScripts.pick(random);
    };
  }

  TestKey key() {
    byte[] key = bytes(32);
    key[0] = 1;
    return TestKey.of(key);
  }

  /** In a form that the place mostly takes. */
  private byte[] publicKey(TestKey key) {
    if (version == SigVersion.TAPSCRIPT) {
      return random.nextInt(12) == 0 ? bytes(1 + random.nextInt(40)) : key.xOnly();
    }
    byte[] compressed = key.publicKey();
    if (random.nextInt(5) != 0) {
      return compressed;
    }
    byte[] uncompressed = Secp256k1.uncompressed(compressed);
    switch (random.nextInt(5)) {
      case 0, 1 -> {}
      case 2 -> uncompressed[0] = (byte) (6 + (uncompressed[64] & 1)); // hybrid
      case 3 -> uncompressed[0] = (byte) random.nextInt(9);
      default -> uncompressed = Arrays.copyOf(uncompressed, random.nextInt(66));
    }
    return uncompressed;
  }

  private Lock p2pk() {
    TestKey key = key();
    Script script = new ScriptBuilder().push(publicKey(key)).op(OP_CHECKSIG).build();
    return new Lock(script, signer -> List.of(signer.sign(key)));
  }

  Lock p2pkh() {
    TestKey key = key();
    byte[] publicKey = publicKey(key);
    return new Lock(
        ScriptPattern.p2pkh(Hash160.hash(publicKey)),
        signer -> List.of(signer.sign(key), publicKey));
  }

  private Lock multisig() {
    int size = random.nextInt(8) == 0 ? random.nextInt(21) : 1 + random.nextInt(4);
    int required = size == 0 ? 0 : random.nextInt(size + 1);
    List<TestKey> signing = new ArrayList<>();
    ScriptBuilder builder = new ScriptBuilder().number(required);
    for (int i = 0; i < size; i++) {
      TestKey key = key();
      builder.push(publicKey(key));
      if (size - i + signing.size() <= required || random.nextBoolean()) {
        signing.add(key);
      }
    }
    boolean verify = random.nextInt(3) == 0;
    builder.number(size).op(verify ? OP_CHECKMULTISIGVERIFY : OP_CHECKMULTISIG);
    byte[] dummy = random.nextInt(15) == 0 ? bytes(1) : EMPTY;
    return new Lock(
        verify ? builder.op(OP_1).build() : builder.build(),
        signer -> {
          List<byte[]> items = new ArrayList<>(List.of(dummy));
          signing.stream().limit(required).forEach(key -> items.add(signer.sign(key)));
          return items;
        });
  }

  private Lock program() {
    byte[][] items = new byte[random.nextInt(4)][];
    for (int i = 0; i < items.length; i++) {
      items[i] = bytes(random.nextInt(random.nextInt(20) == 0 ? 600 : 6));
    }
    return Lock.of(ProgramGenerator.program(random, version, items), items);
  }

  private Lock lockTimes() {
    ScriptBuilder builder = new ScriptBuilder();
    boolean height = random.nextBoolean();
    builder.number(random.nextInt(10) + (height ? 0 : TIME));
    builder.op(OP_CHECKLOCKTIMEVERIFY).op(OP_DROP);
    if (random.nextBoolean()) {
      long disabled = random.nextInt(6) == 0 ? 1L << 31 : 0;
      builder.number(
          disabled | (random.nextBoolean() ? Sequence.TYPE_FLAG : 0) | random.nextInt(10));
      builder.op(OP_CHECKSEQUENCEVERIFY).op(OP_DROP);
    }
    return Lock.of(builder.op(OP_1).build());
  }

  /** Several signatures, with code separators between, of which some are not executed. */
  private Lock codeSeparators() {
    SeparatedScript script = new SeparatedScript();
    List<TestKey> keys = new ArrayList<>();
    List<Lock.Separator> separators = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      switch (random.nextInt(4)) {
        case 0 -> script.separator();
        case 1 -> script.op(OP_1).op(OP_IF).separator().op(OP_ENDIF);
        case 2 -> script.op(OP_0).op(OP_IF).op(OP_CODESEPARATOR).op(OP_ENDIF);
        default -> script.op(OP_NOP);
      }
      TestKey key = key();
      script.push(publicKey(key)).op(i == count - 1 ? OP_CHECKSIG : OP_CHECKSIGVERIFY);
      keys.add(0, key);
      separators.add(0, script.last());
    }
    return new Lock(
        script.build(),
        signer -> {
          List<byte[]> items = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            items.add(signer.sign(keys.get(i), separators.get(i)));
          }
          return items;
        });
  }

  /** A script that holds its own signature, made before over what is left without it. */
  private Lock findAndDelete(Transaction unsigned, int index) {
    TestKey key = key();
    int times = 1 + random.nextInt(2);
    ScriptBuilder rest = new ScriptBuilder();
    for (int i = 0; i < times; i++) {
      rest.op(OP_DROP);
    }
    rest.push(publicKey(key)).op(OP_CHECKSIG);
    byte[] signature = new RandomSigner(random).legacy(unsigned, index, rest.build(), key);
    ScriptBuilder builder = new ScriptBuilder();
    for (int i = 0; i < times; i++) {
      builder.push(signature);
    }
    return Lock.of(builder.append(rest.build()).build(), signature);
  }

  /** Succeeds because a signature does not: an empty one, or where that is allowed any other. */
  private Lock negated() {
    TestKey key = key();
    Script script = new ScriptBuilder().push(publicKey(key)).op(OP_CHECKSIG).op(OP_NOT).build();
    return random.nextInt(3) == 0
        ? new Lock(script, signer -> List.of(signer.sign(key())))
        : Lock.of(script, EMPTY);
  }

  /** One key now, or another one later. */
  private Lock branches() {
    TestKey key = key();
    boolean now = random.nextBoolean();
    ScriptBuilder builder = new ScriptBuilder().op(random.nextBoolean() ? OP_IF : OP_NOTIF);
    boolean first = now == (builder.build().byteAt(0) == OP_IF);
    byte[] publicKey = publicKey(key);
    builder.push(now ? publicKey : publicKey(key())).op(OP_ELSE);
    builder.number(random.nextInt(8)).op(OP_CHECKSEQUENCEVERIFY).op(OP_DROP);
    builder.push(now ? publicKey(key()) : publicKey).op(OP_ENDIF).op(OP_CHECKSIG);
    byte[] choice = first ? new byte[] {(byte) (random.nextInt(8) == 0 ? 2 : 1)} : EMPTY;
    return new Lock(builder.build(), signer -> List.of(signer.sign(key), choice));
  }

  /** Succeeds by one instruction, whatever stands before and after. */
  private Lock success() {
    ScriptBuilder builder = new ScriptBuilder().op(OP_RETURN);
    for (int i = random.nextInt(60); i > 0; i--) {
      builder.op(OP_RESERVED + random.nextInt(0x100 - OP_RESERVED));
    }
    return Lock.of(builder.op(OP_RESERVED).append(bytes(random.nextInt(4))).build());
  }

  /** Some of several keys; sometimes one of a version to come, or an empty one. */
  private Lock checkSigAdd() {
    int size = 1 + random.nextInt(4);
    ScriptBuilder builder = new ScriptBuilder().number(0);
    List<TestKey> signing = new ArrayList<>();
    int required = 0;
    for (int i = 0; i < size; i++) {
      TestKey key = key();
      boolean signs = random.nextBoolean();
      builder.push(random.nextInt(20) == 0 ? EMPTY : publicKey(key)).op(OP_CHECKSIGADD);
      signing.add(0, signs ? key : null);
      required += signs ? 1 : 0;
    }
    return new Lock(
        builder.number(required).op(OP_NUMEQUAL).build(),
        signer -> {
          List<byte[]> items = new ArrayList<>();
          signing.forEach(key -> items.add(key == null ? EMPTY : signer.sign(key)));
          return items;
        });
  }

  /** One signature, checked so often that the witness may be too small for it. */
  private Lock budget() {
    TestKey key = key();
    ScriptBuilder builder = new ScriptBuilder().push(key.xOnly());
    for (int i = random.nextInt(8); i > 0; i--) {
      builder.op(OP_2DUP).op(OP_CHECKSIGVERIFY);
    }
    return new Lock(builder.op(OP_CHECKSIG).build(), signer -> List.of(signer.sign(key)));
  }

  private Script broken(Script script) {
    return Script.of(SpendMutator.bytes(random, script.toByteArray()));
  }

  byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
