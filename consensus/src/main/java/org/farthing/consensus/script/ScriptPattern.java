package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.Script;

/** The usual output scripts: what they look like, what they hold, and how they are written. */
public final class ScriptPattern {
  /** A longer script cannot be executed, so an output with it cannot be spent. */
  public static final int MAX_SCRIPT_SIZE = 10_000;

  /** The most keys that a multisig script may have. */
  public static final int MAX_MULTISIG_KEYS = 20;

  private static final int MAX_PUSH_SIZE = 520;
  private static final int MIN_PROGRAM_SIZE = 2;
  private static final int MAX_PROGRAM_SIZE = 40;
  private static final int KEY_HASH_SIZE = 20;
  private static final int SCRIPT_HASH_SIZE = 32;

  /** The program of a pay-to-anchor output: "Ns". */
  private static final int ANCHOR_BYTE_0 = 0x4e;

  private static final int ANCHOR_BYTE_1 = 0x73;

  private ScriptPattern() {}

  public static OutputType classify(Script script) {
    if (isP2sh(script)) {
      return OutputType.P2SH;
    }
    if (isWitnessProgram(script)) {
      return classifyProgram(script);
    }
    if (isNullData(script)) {
      return OutputType.NULL_DATA;
    }
    if (isP2pk(script)) {
      return OutputType.P2PK;
    }
    if (isP2pkh(script)) {
      return OutputType.P2PKH;
    }
    return multisig(script).isPresent() ? OutputType.MULTISIG : OutputType.NONSTANDARD;
  }

  private static OutputType classifyProgram(Script script) {
    int version = witnessVersion(script);
    int size = script.size() - 2;
    if (version == 0) {
      return switch (size) {
        case KEY_HASH_SIZE -> OutputType.P2WPKH;
        case SCRIPT_HASH_SIZE -> OutputType.P2WSH;
        default -> OutputType.NONSTANDARD;
      };
    }
    if (version == 1 && size == Secp256k1.KEY_SIZE) {
      return OutputType.P2TR;
    }
    return isAnchor(script) ? OutputType.ANCHOR : OutputType.WITNESS_UNKNOWN;
  }

  /**
   * What an output of this kind pays to: the public key (P2PK), the hash of a key or script (P2PKH,
   * P2SH, P2WPKH, P2WSH), the x-only key (P2TR), the witness program (unknown versions, anchor);
   * empty for all others.
   */
  public static Optional<byte[]> payload(Script script) {
    return switch (classify(script)) {
      case P2PK -> Optional.of(script.slice(1, script.size() - 1));
      case P2PKH -> Optional.of(script.slice(3, 23));
      case P2SH -> Optional.of(script.slice(2, 22));
      case P2WPKH, P2WSH, P2TR, WITNESS_UNKNOWN, ANCHOR -> Optional.of(witnessProgram(script));
      case MULTISIG, NULL_DATA, NONSTANDARD -> Optional.empty();
    };
  }

  /** Whether no input can ever spend such an output: it need not be kept. */
  public static boolean isUnspendable(Script script) {
    return (!script.isEmpty() && script.byteAt(0) == OP_RETURN) || script.size() > MAX_SCRIPT_SIZE;
  }

  /** Whether all opcodes are known, and all pushes are whole and not too large to be executed. */
  public static boolean hasKnownOpcodes(Script script) {
    Instructions instructions = new Instructions(script);
    while (instructions.next()) {
      if (instructions.opcode() > Opcode.OP_NOP10 || instructions.dataSize() > MAX_PUSH_SIZE) {
        return false;
      }
    }
    return !instructions.isMalformed();
  }

  /** HASH160, 20 bytes, EQUAL (BIP-0016). */
  public static boolean isP2sh(Script script) {
    return script.size() == 23
        && script.byteAt(0) == OP_HASH160
        && script.byteAt(1) == KEY_HASH_SIZE
        && script.byteAt(22) == OP_EQUAL;
  }

  /** A number from 0 to 16, then one push of 2 to 40 bytes (BIP-0141). */
  public static boolean isWitnessProgram(Script script) {
    int size = script.size();
    return size >= MIN_PROGRAM_SIZE + 2
        && size <= MAX_PROGRAM_SIZE + 2
        && (script.byteAt(0) == OP_0 || Opcode.isSmallNumber(script.byteAt(0)))
        && script.byteAt(1) + 2 == size;
  }

  /** The version, 0 to 16, of a witness program. */
  public static int witnessVersion(Script program) {
    return Opcode.smallNumber(program.byteAt(0));
  }

  /** The 2 to 40 bytes of a witness program. */
  public static byte[] witnessProgram(Script program) {
    return program.slice(2, program.size());
  }

  /** Pay to anchor: anyone may spend it, to raise a fee. */
  public static boolean isAnchor(Script script) {
    return script.size() == 4
        && script.byteAt(0) == OP_1
        && script.byteAt(1) == 2
        && script.byteAt(2) == ANCHOR_BYTE_0
        && script.byteAt(3) == ANCHOR_BYTE_1;
  }

  private static boolean isP2pk(Script script) {
    int size = script.size();
    return !script.isEmpty()
        && script.byteAt(size - 1) == OP_CHECKSIG
        && script.byteAt(0) == size - 2
        && hasKeySize(script.byteAt(1), size - 2);
  }

  private static boolean isP2pkh(Script script) {
    return script.size() == 25
        && script.byteAt(0) == OP_DUP
        && script.byteAt(1) == OP_HASH160
        && script.byteAt(2) == KEY_HASH_SIZE
        && script.byteAt(23) == OP_EQUALVERIFY
        && script.byteAt(24) == OP_CHECKSIG;
  }

  private static boolean isNullData(Script script) {
    return !script.isEmpty()
        && script.byteAt(0) == OP_RETURN
        && isPushOnly(script.slice(1, script.size()));
  }

  /** Whether a script holds nothing but pushes, {@code OP_RESERVED} counted among them. */
  public static boolean isPushOnly(Script script) {
    return isPushOnly(script.toByteArray());
  }

  static boolean isPushOnly(byte[] script) {
    Instructions instructions = new Instructions(script);
    while (instructions.next()) {
      if (instructions.opcode() > Opcode.OP_16) {
        return false;
      }
    }
    return !instructions.isMalformed();
  }

  /** Whether the prefix of a public key fits its size. */
  private static boolean hasKeySize(int prefix, int size) {
    return switch (prefix) {
      case 2, 3 -> size == Secp256k1.COMPRESSED_SIZE;
      case 4, 6, 7 -> size == Secp256k1.UNCOMPRESSED_SIZE;
      default -> false;
    };
  }

  /**
   * The parts of a bare multisig script.
   *
   * @param required how many signatures it wants, 1 to 20
   * @param keys the public keys, 33 or 65 bytes each
   */
  public record Multisig(int required, List<byte[]> keys) {
    public Multisig {
      keys = List.copyOf(keys);
    }
  }

  /** The parts of a multisig script of any number of keys up to 20; empty if it is none. */
  public static Optional<Multisig> multisig(Script script) {
    if (script.isEmpty() || script.byteAt(script.size() - 1) != OP_CHECKMULTISIG) {
      return Optional.empty();
    }
    Instructions in = new Instructions(script);
    int required = in.next() ? count(in) : 0;
    List<byte[]> keys = new ArrayList<>();
    boolean more = in.next();
    while (more && in.dataSize() > 0 && hasKeySize(in.data()[0] & 0xff, in.dataSize())) {
      keys.add(in.data());
      more = in.next();
    }
    boolean matches =
        more
            && required >= 1
            && count(in) == keys.size()
            && required <= keys.size()
            && in.position() == script.size() - 1;
    return matches ? Optional.of(new Multisig(required, keys)) : Optional.empty();
  }

  /** The number from 1 to 20 that an instruction pushes in its shortest form, else 0. */
  private static int count(Instructions in) {
    if (Opcode.isSmallNumber(in.opcode())) {
      return Opcode.smallNumber(in.opcode());
    }
    if (!Opcode.isPushData(in.opcode()) || !in.isMinimalPush()) {
      return 0;
    }
    long number = ScriptNum.decode(in.data(), true, ScriptNum.MAX_SIZE);
    return number >= 1 && number <= MAX_MULTISIG_KEYS ? (int) number : 0;
  }

  /** Pays to a public key of 33 or 65 bytes. */
  public static Script p2pk(byte[] publicKey) {
    return new ScriptBuilder().push(publicKey).op(OP_CHECKSIG).build();
  }

  /** Pays to the hash of a public key: 20 bytes. */
  public static Script p2pkh(byte[] keyHash) {
    require(keyHash, KEY_HASH_SIZE);
    return new ScriptBuilder()
        .op(OP_DUP)
        .op(OP_HASH160)
        .push(keyHash)
        .op(OP_EQUALVERIFY)
        .op(OP_CHECKSIG)
        .build();
  }

  /** Pays to the hash of a script (BIP-0016): 20 bytes. */
  public static Script p2sh(byte[] scriptHash) {
    require(scriptHash, KEY_HASH_SIZE);
    return new ScriptBuilder().op(OP_HASH160).push(scriptHash).op(OP_EQUAL).build();
  }

  /** Pays to the hash of a compressed public key, signature in the witness: 20 bytes. */
  public static Script p2wpkh(byte[] keyHash) {
    require(keyHash, KEY_HASH_SIZE);
    return witnessProgram(0, keyHash);
  }

  /** Pays to the SHA-256 of a script that comes in the witness: 32 bytes. */
  public static Script p2wsh(byte[] scriptHash) {
    require(scriptHash, SCRIPT_HASH_SIZE);
    return witnessProgram(0, scriptHash);
  }

  /** Pays to a script that comes in the witness. */
  public static Script p2wsh(Script script) {
    return p2wsh(Sha256.hash(script.toByteArray()));
  }

  /** Pays to a taproot output key (BIP-0341): 32 bytes, x-only, tweaked already. */
  public static Script p2tr(byte[] outputKey) {
    require(outputKey, Secp256k1.KEY_SIZE);
    return witnessProgram(1, outputKey);
  }

  /**
   * Any witness program.
   *
   * @param version 0 to 16
   * @param program 2 to 40 bytes
   */
  public static Script witnessProgram(int version, byte[] program) {
    if (program.length < MIN_PROGRAM_SIZE || program.length > MAX_PROGRAM_SIZE) {
      throw new IllegalArgumentException("a witness program has 2 to 40 bytes");
    }
    return new ScriptBuilder().op(Opcode.ofSmallNumber(version)).push(program).build();
  }

  /** Wants {@code required} signatures, in the order of the keys. */
  public static Script multisig(int required, List<byte[]> publicKeys) {
    ScriptBuilder builder = new ScriptBuilder().number(required);
    publicKeys.forEach(builder::push);
    return builder.number(publicKeys.size()).op(OP_CHECKMULTISIG).build();
  }

  /** Carries data, and can never be spent. */
  public static Script nullData(byte[] data) {
    return new ScriptBuilder().op(OP_RETURN).pushMinimal(data).build();
  }

  private static void require(byte[] hash, int size) {
    if (hash.length != size) {
      throw new IllegalArgumentException(size + " bytes wanted, not " + hash.length);
    }
  }
}
