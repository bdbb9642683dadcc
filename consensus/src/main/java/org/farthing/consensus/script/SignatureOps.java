package org.farthing.consensus.script;

import java.util.Arrays;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Secp256k1;

/** The instructions that check signatures. */
final class SignatureOps {
  private final SignatureChecker checker;
  private final ScriptFlags flags;
  private final SigVersion version;
  private final TaprootContext taproot;

  /** The outcome of the last single signature check that did not make the script fail. */
  private boolean valid;

  /**
   * @param taproot null before tapscript
   */
  SignatureOps(
      SignatureChecker checker, ScriptFlags flags, SigVersion version, TaprootContext taproot) {
    this.checker = checker;
    this.flags = flags;
    this.version = version;
    this.taproot = taproot;
  }

  /** CHECKSIG: {@code [… signature key] -> [… bool]} */
  ScriptError checkSig(ScriptStack stack, ScriptCode code) {
    ScriptError error = check(stack.peek(1), stack.peek(0), code);
    if (error != ScriptError.OK) {
      return error;
    }
    stack.drop(2);
    stack.push(valid);
    return ScriptError.OK;
  }

  /** CHECKSIG at the end of a script, on a stack that has nothing else. */
  ScriptError mustBeValid(byte[] signature, byte[] key, ScriptCode code) {
    ScriptError error = check(signature, key, code);
    return error == ScriptError.OK && !valid ? ScriptError.EVAL_FALSE : error;
  }

  /** CHECKSIGADD (BIP-0342): {@code [… signature n key] -> [… n or n + 1]} */
  ScriptError checkSigAdd(ScriptStack stack, ScriptCode code) {
    if (version != SigVersion.TAPSCRIPT) {
      return ScriptError.BAD_OPCODE;
    }
    if (stack.size() < 3) {
      return ScriptError.INVALID_STACK_OPERATION;
    }
    long count =
        ScriptNum.decode(stack.peek(1), flags.has(ScriptFlag.MINIMALDATA), ScriptNum.MAX_SIZE);
    if (count == ScriptNum.INVALID) {
      return ScriptError.SCRIPTNUM;
    }
    ScriptError error = check(stack.peek(2), stack.peek(0), code);
    if (error != ScriptError.OK) {
      return error;
    }
    stack.drop(3);
    stack.push(valid ? count + 1 : count);
    return ScriptError.OK;
  }

  private ScriptError check(byte[] signature, byte[] key, ScriptCode code) {
    return version == SigVersion.TAPSCRIPT
        ? checkTapscript(signature, key)
        : checkEcdsa(signature, key, code);
  }

  private ScriptError checkEcdsa(byte[] signature, byte[] key, ScriptCode code) {
    byte[] scriptCode = code.bytes();
    if (version == SigVersion.BASE) {
      byte[] shortened = findAndDelete(scriptCode, signature);
      if (shortened != scriptCode && flags.has(ScriptFlag.CONST_SCRIPTCODE)) {
        return ScriptError.SIG_FINDANDDELETE;
      }
      scriptCode = shortened;
    }
    ScriptError error = checkEncoding(signature, key);
    if (error != ScriptError.OK) {
      return error;
    }
    valid = checker.checkEcdsa(signature, key, scriptCode, version);
    return !valid && flags.has(ScriptFlag.NULLFAIL) && signature.length != 0
        ? ScriptError.SIG_NULLFAIL
        : ScriptError.OK;
  }

  private ScriptError checkEncoding(byte[] signature, byte[] key) {
    ScriptError error = SignatureEncoding.checkSignature(signature, flags);
    return error == ScriptError.OK ? SignatureEncoding.checkPublicKey(key, flags, version) : error;
  }

  /** The order of these checks is consensus (BIP-0342). */
  private ScriptError checkTapscript(byte[] signature, byte[] key) {
    valid = signature.length != 0;
    if (valid && !taproot.spendSignatureBudget()) {
      return ScriptError.TAPSCRIPT_VALIDATION_WEIGHT;
    }
    if (key.length == 0) {
      return ScriptError.TAPSCRIPT_EMPTY_PUBKEY;
    }
    if (key.length == Secp256k1.KEY_SIZE) {
      return valid ? checker.checkSchnorr(signature, key, taproot) : ScriptError.OK;
    }
    // A key of a version to come: any signature but an empty one is good.
    return flags.has(ScriptFlag.DISCOURAGE_UPGRADABLE_PUBKEYTYPE)
        ? ScriptError.DISCOURAGE_UPGRADABLE_PUBKEYTYPE
        : ScriptError.OK;
  }

  /**
   * CHECKMULTISIG: {@code [… dummy sig1 … sigM m key1 … keyN n] -> [… bool]}. The caller has
   * counted the keys as operations.
   *
   * @param keyCount n, from 0 to 20
   */
  ScriptError checkMultiSig(ScriptStack stack, ScriptCode code, int keyCount) {
    int countDepth = keyCount + 1;
    if (stack.size() <= countDepth) {
      return ScriptError.INVALID_STACK_OPERATION;
    }
    long signatureCount =
        ScriptNum.decode(
            stack.peek(countDepth), flags.has(ScriptFlag.MINIMALDATA), ScriptNum.MAX_SIZE);
    if (signatureCount == ScriptNum.INVALID) {
      return ScriptError.SCRIPTNUM;
    }
    if (signatureCount < 0 || signatureCount > keyCount) {
      return ScriptError.SIG_COUNT;
    }
    int dummyDepth = countDepth + (int) signatureCount + 1;
    if (stack.size() <= dummyDepth) {
      return ScriptError.INVALID_STACK_OPERATION;
    }
    ScriptError error = matchSignatures(stack, code, keyCount, (int) signatureCount);
    if (error != ScriptError.OK) {
      return error;
    }
    if (!valid && flags.has(ScriptFlag.NULLFAIL)) {
      for (int depth = countDepth + 1; depth < dummyDepth; depth++) {
        if (stack.peek(depth).length != 0) {
          return ScriptError.SIG_NULLFAIL;
        }
      }
    }
    if (flags.has(ScriptFlag.NULLDUMMY) && stack.peek(dummyDepth).length != 0) {
      return ScriptError.SIG_NULLDUMMY;
    }
    stack.drop(dummyDepth + 1);
    stack.push(valid);
    return ScriptError.OK;
  }

  /** Each signature wants a key of its own, in the order of the keys. */
  private ScriptError matchSignatures(
      ScriptStack stack, ScriptCode code, int keyCount, int signatureCount) {
    int firstSignature = keyCount + 2;
    byte[] scriptCode = code.bytes();
    if (version == SigVersion.BASE) {
      for (int i = 0; i < signatureCount; i++) {
        byte[] shortened = findAndDelete(scriptCode, stack.peek(firstSignature + i));
        if (shortened != scriptCode && flags.has(ScriptFlag.CONST_SCRIPTCODE)) {
          return ScriptError.SIG_FINDANDDELETE;
        }
        scriptCode = shortened;
      }
    }
    if (areWellFormed(stack, keyCount, signatureCount)) {
      valid = matchFromBelow(stack, scriptCode, keyCount, signatureCount);
      return ScriptError.OK;
    }
    return matchFromTop(stack, scriptCode, keyCount, signatureCount);
  }

  private boolean areWellFormed(ScriptStack stack, int keyCount, int signatureCount) {
    for (int depth = 1; depth <= keyCount; depth++) {
      if (SignatureEncoding.checkPublicKey(stack.peek(depth), flags, version) != ScriptError.OK) {
        return false;
      }
    }
    for (int depth = keyCount + 2; depth < keyCount + 2 + signatureCount; depth++) {
      if (SignatureEncoding.checkSignature(stack.peek(depth), flags) != ScriptError.OK) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where no form can be wrong, one order finds as many pairs as the other. Who has more keys than
   * are needed signs with the first ones, so that this order tries fewer keys in vain.
   */
  private boolean matchFromBelow(
      ScriptStack stack, byte[] scriptCode, int keyCount, int signatureCount) {
    int keysLeft = keyCount;
    int signaturesLeft = signatureCount;
    while (signaturesLeft > 0 && signaturesLeft <= keysLeft) {
      byte[] signature = stack.peek(keyCount + 1 + signaturesLeft);
      if (checker.checkEcdsa(signature, stack.peek(keysLeft), scriptCode, version)) {
        signaturesLeft--;
      }
      keysLeft--;
    }
    return signaturesLeft == 0;
  }

  /** The order of the first version, in which it depends on the pairs what is found wrong. */
  private ScriptError matchFromTop(
      ScriptStack stack, byte[] scriptCode, int keyCount, int signatureCount) {
    int keyDepth = 1;
    int signatureDepth = keyCount + 2;
    int keysLeft = keyCount;
    int signaturesLeft = signatureCount;
    // Where fewer keys than signatures are left, no further encoding is looked at.
    while (signaturesLeft > 0 && signaturesLeft <= keysLeft) {
      byte[] signature = stack.peek(signatureDepth);
      byte[] key = stack.peek(keyDepth);
      ScriptError error = checkEncoding(signature, key);
      if (error != ScriptError.OK) {
        return error;
      }
      if (checker.checkEcdsa(signature, key, scriptCode, version)) {
        signatureDepth++;
        signaturesLeft--;
      }
      keyDepth++;
      keysLeft--;
    }
    valid = signaturesLeft == 0;
    return ScriptError.OK;
  }

  /**
   * The script without any push of the signature: the first version could not sign itself, and did
   * this; the same array where there is none.
   */
  static byte[] findAndDelete(byte[] script, byte[] signature) {
    if (signature.length >= script.length) {
      return script;
    }
    byte[] pattern = new ScriptBuilder().push(signature).build().toByteArray();
    ByteWriter out = null;
    int copied = 0;
    Instructions in = new Instructions(script);
    do {
      int end = in.position();
      while (startsWith(script, end, pattern)) {
        end += pattern.length;
      }
      if (end != in.position()) {
        out = out == null ? new ByteWriter(script.length) : out;
        out.bytes(script, copied, in.position() - copied);
        copied = end;
        in.jump(end);
      }
    } while (in.next());
    if (out == null) {
      return script;
    }
    return out.bytes(script, copied, script.length - copied).toByteArray();
  }

  private static boolean startsWith(byte[] script, int at, byte[] pattern) {
    return script.length - at >= pattern.length
        && Arrays.equals(script, at, at + pattern.length, pattern, 0, pattern.length);
  }
}
