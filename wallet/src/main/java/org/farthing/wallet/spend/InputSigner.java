package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.EcdsaSignature;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHash;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.keys.PrivateKey;

/**
 * Signs one input with whatever keys and scripts there are, as far as they go: of a multisig script
 * the signatures that are there already stay, and missing ones are left out. What it makes need not
 * be valid; a caller who wants that has to verify.
 */
public final class InputSigner {
  private static final byte[] NOTHING = new byte[0];

  private final PrecomputedTransaction precomputed;
  private final int index;
  private final SigningKeys keys;
  private final int sigHashType;
  private final List<byte[]> present = new ArrayList<>();

  /**
   * @param precomputed with the outputs that are spent; a taproot input covers all of them
   * @param sigHashType {@link SigHashType#DEFAULT} stands for ALL where there is no taproot
   */
  public InputSigner(
      PrecomputedTransaction precomputed, int index, SigningKeys keys, int sigHashType) {
    this.precomputed = precomputed;
    this.index = index;
    this.keys = keys;
    this.sigHashType = sigHashType;
    TxIn input = precomputed.transaction().inputs().get(index);
    take(input.scriptSig());
    take(input.witness());
  }

  /** Also uses the signatures that another copy of the input has. */
  public InputSigner with(TxIn other) {
    take(other.scriptSig());
    take(other.witness());
    return this;
  }

  private void take(Script scriptSig) {
    Instructions instructions = new Instructions(scriptSig);
    while (instructions.next()) {
      present.add(instructions.data());
    }
  }

  private void take(Witness witness) {
    present.addAll(witness.toList());
  }

  /** How a script's signatures are made. */
  private enum Rules {
    LEGACY,
    SEGWIT
  }

  /**
   * What satisfies a script, from the bottom of the stack.
   *
   * @param complete all that was asked for is there
   */
  private record Solution(List<byte[]> stack, boolean complete) {
    static final Solution NONE = new Solution(List.of(), false);

    Solution with(byte[] top) {
      List<byte[]> more = new ArrayList<>(stack);
      more.add(top);
      return new Solution(more, complete);
    }
  }

  /** The input with scriptSig and witness as far as they can be made. */
  public TxIn sign() {
    Script output = precomputed.spent(index).scriptPubKey();
    TxIn bare =
        precomputed
            .transaction()
            .inputs()
            .get(index)
            .withScriptSig(Script.EMPTY)
            .withWitness(Witness.EMPTY);
    if (!ScriptPattern.isP2sh(output)) {
      return spend(bare, output);
    }
    Optional<Script> redeem = keys.scriptOf(payload(output)).or(() -> presentScript(output));
    if (redeem.isEmpty()) {
      return bare;
    }
    TxIn inner = spend(bare, redeem.get());
    return inner.withScriptSig(
        new ScriptBuilder().append(inner.scriptSig()).push(redeem.get()).build());
  }

  private TxIn spend(TxIn bare, Script script) {
    return switch (ScriptPattern.classify(script)) {
      case P2WPKH -> {
        Script scriptCode = ScriptPattern.p2pkh(payload(script));
        yield bare.withWitness(witness(solve(scriptCode, Rules.SEGWIT)));
      }
      case P2WSH ->
          keys.scriptOf(payload(script))
              .or(() -> presentScript(script))
              .map(
                  inner ->
                      bare.withWitness(
                          witness(solve(inner, Rules.SEGWIT).with(inner.toByteArray()))))
              .orElse(bare);
      case P2TR ->
          new TaprootSigner(precomputed, index, keys, sigHashType, present)
              .sign(payload(script))
              .map(bare::withWitness)
              .orElse(bare);
      default -> {
        ScriptBuilder scriptSig = new ScriptBuilder();
        solve(script, Rules.LEGACY).stack().forEach(scriptSig::pushMinimal);
        yield bare.withScriptSig(scriptSig.build());
      }
    };
  }

  private static Witness witness(Solution solution) {
    return Witness.of(solution.stack());
  }

  private static byte[] payload(Script script) {
    return ScriptPattern.payload(script).orElseThrow();
  }

  /** The script that hashes to what the output names, among what the input reveals already. */
  private Optional<Script> presentScript(Script output) {
    SigningKeys revealed = new SigningKeys();
    present.forEach(bytes -> revealed.add(Script.of(bytes)));
    return revealed.scriptOf(payload(output));
  }

  private Solution solve(Script script, Rules rules) {
    OutputType type = ScriptPattern.classify(script);
    return switch (type) {
      case P2PK -> solution(signature(script, rules, payload(script)));
      case P2PKH -> payToKeyHash(script, rules);
      case MULTISIG -> multisig(script, rules);
      default -> Solution.NONE;
    };
  }

  private static Solution solution(Optional<byte[]> signature) {
    return signature.map(bytes -> new Solution(List.of(bytes), true)).orElse(Solution.NONE);
  }

  private Solution payToKeyHash(Script script, Rules rules) {
    byte[] hash = payload(script);
    Optional<byte[]> publicKey =
        keys.publicKeyOf(hash)
            .or(
                () ->
                    present.stream().filter(k -> Arrays.equals(Hash160.hash(k), hash)).findFirst());
    return publicKey
        .flatMap(key -> signature(script, rules, key).map(s -> new Solution(List.of(s, key), true)))
        .orElse(Solution.NONE);
  }

  /** As many signatures as are wanted, in the order of the keys; below them the unused item. */
  private Solution multisig(Script script, Rules rules) {
    ScriptPattern.Multisig multisig = ScriptPattern.multisig(script).orElseThrow();
    List<byte[]> stack = new ArrayList<>();
    stack.add(NOTHING);
    for (byte[] key : multisig.keys()) {
      if (stack.size() <= multisig.required()) {
        signature(script, rules, key).ifPresent(stack::add);
      }
    }
    boolean complete = stack.size() > multisig.required();
    while (stack.size() <= multisig.required()) {
      stack.add(NOTHING);
    }
    return new Solution(stack, complete);
  }

  /** The signature that is there, or a new one. */
  private Optional<byte[]> signature(Script scriptCode, Rules rules, byte[] publicKey) {
    return present.stream()
        .filter(signature -> isValid(signature, scriptCode, rules, publicKey))
        .findFirst()
        .or(() -> keys.ofPublicKey(publicKey).flatMap(key -> sign(scriptCode, rules, key)));
  }

  private Optional<byte[]> sign(Script scriptCode, Rules rules, PrivateKey key) {
    boolean beyondOutputs =
        SigHashType.isSingle(sigHashType) && index >= precomputed.transaction().outputs().size();
    if (beyondOutputs || (rules == Rules.SEGWIT && !key.isCompressed())) {
      return Optional.empty();
    }
    int type = sigHashType == SigHashType.DEFAULT ? SigHashType.ALL : sigHashType;
    byte[] secret = key.secret();
    try {
      byte[] compact = Secp256k1.signEcdsa(hash(scriptCode, rules, type), secret);
      byte[] der = Secp256k1.compactToDer(compact);
      return Optional.of(new ByteWriter(der.length + 1).bytes(der).uint8(type).toByteArray());
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private byte[] hash(Script scriptCode, Rules rules, int type) {
    return rules == Rules.SEGWIT
        ? SigHash.segwit(precomputed, index, scriptCode, type)
        : SigHash.legacy(precomputed.transaction(), index, scriptCode, type);
  }

  private boolean isValid(byte[] signature, Script scriptCode, Rules rules, byte[] publicKey) {
    if (signature.length < 2) {
      return false;
    }
    byte[] der = Arrays.copyOf(signature, signature.length - 1);
    if (!EcdsaSignature.isStrictDer(der)) {
      return false;
    }
    byte[] hash = hash(scriptCode, rules, signature[signature.length - 1] & 0xff);
    return EcdsaSignature.parseLaxDer(der)
        .filter(compact -> Secp256k1.verifyEcdsa(compact, hash, publicKey))
        .isPresent();
  }
}
