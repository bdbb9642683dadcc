package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.crypto.Hash160;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.Instructions;
import org.farthing.consensus.script.PrecomputedTransaction;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.consensus.script.SigHashType;
import org.farthing.wallet.spend.SignatureMaker.Rules;

/**
 * Signs one input of a transaction that may be signed in part already: the signatures and scripts
 * that it reveals stay. What it makes need not be valid; a caller who wants that has to verify.
 */
public final class InputSigner {
  private final SigningTarget target;
  private final int index;
  private final SigningKeys keys;
  private final TransactionSignatures signatures;
  private final SpendData data = new SpendData();
  private final int sigHashType;
  private Optional<TxIn> complete = Optional.empty();

  /**
   * @param sigHashType {@link SigHashType#DEFAULT} stands for ALL where there is no taproot
   */
  public InputSigner(SigningTarget target, int index, SigningKeys keys, int sigHashType) {
    this.target = target;
    this.index = index;
    this.keys = keys;
    this.sigHashType = sigHashType;
    this.signatures = new TransactionSignatures(target, index, keys, sigHashType);
    with(input());
  }

  /**
   * Signs an input of a transaction that is known with all that it spends.
   *
   * @param sigHashType {@link SigHashType#DEFAULT} stands for ALL where there is no taproot
   */
  public InputSigner(
      PrecomputedTransaction precomputed, int index, SigningKeys keys, int sigHashType) {
    this(SigningTarget.of(precomputed), index, keys, sigHashType);
  }

  private TxIn input() {
    return target.precomputed().transaction().inputs().get(index);
  }

  /** Also uses what another copy of the input reveals. The first copy that is valid stays. */
  public InputSigner with(TxIn copy) {
    if (complete.isEmpty()) {
      if (signatures.isValid(copy.scriptSig(), copy.witness())) {
        complete = Optional.of(copy);
      } else {
        take(copy);
      }
    }
    return this;
  }

  private void take(TxIn copy) {
    List<byte[]> stack = pushes(copy.scriptSig());
    Script script = target.precomputed().spent(index).scriptPubKey();
    Rules rules = Rules.LEGACY;
    if (ScriptPattern.isP2sh(script)) {
      Optional<Script> redeem = revealed(script, stack);
      if (redeem.isEmpty()) {
        return;
      }
      data.setRedeemScript(redeem.get());
      script = redeem.get();
    }
    if (ScriptPattern.isWitnessProgram(script)) {
      stack = copy.witness().toList();
      rules = Rules.SEGWIT;
      Optional<Script> code = scriptCode(script, stack);
      if (code.isEmpty()) {
        return;
      }
      script = code.get();
    }
    takeSignatures(script, rules, stack);
  }

  static List<byte[]> pushes(Script scriptSig) {
    List<byte[]> stack = new ArrayList<>();
    Instructions instructions = new Instructions(scriptSig);
    while (instructions.next()) {
      stack.add(instructions.data());
    }
    return stack;
  }

  /** The script that hashes to what the output names, if it is the top of the stack. */
  private static Optional<Script> revealed(Script output, List<byte[]> stack) {
    if (stack.isEmpty()) {
      return Optional.empty();
    }
    SigningKeys scripts = new SigningKeys();
    scripts.add(Script.of(stack.get(stack.size() - 1)));
    return scripts.scriptOf(ByteString.of(ScriptPattern.payload(output).orElseThrow()));
  }

  private Optional<Script> scriptCode(Script program, List<byte[]> stack) {
    return switch (ScriptPattern.classify(program)) {
      case P2WPKH -> ScriptPattern.payload(program).map(ScriptPattern::p2pkh);
      case P2WSH -> {
        Optional<Script> inner = revealed(program, stack);
        inner.ifPresent(data::setWitnessScript);
        yield inner;
      }
      default -> Optional.empty();
    };
  }

  private void takeSignatures(Script script, Rules rules, List<byte[]> stack) {
    for (byte[] key : publicKeys(script, stack)) {
      stack.stream()
          .filter(item -> signatures.isSignature(item, key, script, rules))
          .findFirst()
          .ifPresent(item -> data.addSignature(ByteString.of(key), ByteString.of(item)));
    }
  }

  private static List<byte[]> publicKeys(Script script, List<byte[]> stack) {
    return switch (ScriptPattern.classify(script)) {
      case P2PK -> List.of(ScriptPattern.payload(script).orElseThrow());
      case P2PKH -> {
        byte[] hash = ScriptPattern.payload(script).orElseThrow();
        yield stack.stream().filter(item -> Arrays.equals(Hash160.hash(item), hash)).toList();
      }
      case MULTISIG -> ScriptPattern.multisig(script).orElseThrow().keys();
      default -> List.of();
    };
  }

  /** The input with scriptSig and witness as far as they can be made. */
  public TxIn sign() {
    if (complete.isPresent()) {
      return complete.get();
    }
    Script output = target.precomputed().spent(index).scriptPubKey();
    SpendSolver.Solution solution =
        SpendSolver.signing(target, index, keys, sigHashType, data).solve(output);
    Witness witness = solution.witness();
    return input().withScriptSig(solution.scriptSig()).withWitness(witness);
  }
}
