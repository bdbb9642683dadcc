package org.farthing.wallet.spend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Witness;
import org.farthing.consensus.script.OutputType;
import org.farthing.consensus.script.ScriptBuilder;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.wallet.descriptor.InputSize;
import org.farthing.wallet.descriptor.KeyOrigin;
import org.farthing.wallet.miniscript.ScriptContext;
import org.farthing.wallet.spend.SignatureMaker.Rules;

/**
 * Finds what an input needs to spend its output, with whatever keys, scripts and signatures there
 * are, as far as they go: of a multisig script all signatures that can be made are made, and those
 * that are missing are left out. What was made, learned and missed is noted in the {@link
 * SpendData}.
 */
public final class SpendSolver {
  private static final int SEQUENCE_SIZE = 4;

  private static final Solution UNSOLVED = new Solution(Script.EMPTY, Witness.EMPTY, false, false);

  private final SigningKeys keys;
  private final SignatureMaker maker;
  private final SpendData data;

  SpendSolver(SigningKeys keys, SignatureMaker maker, SpendData data) {
    this.keys = keys;
    this.maker = maker;
    this.data = data;
  }

  /** Signs an input of a transaction. */
  public static SpendSolver signing(
      SigningTarget target, int index, SigningKeys keys, int sigHashType, SpendData data) {
    return new SpendSolver(keys, new TransactionSignatures(target, index, keys, sigHashType), data);
  }

  /** Makes no signatures: only learns what the keys tell. */
  public static SpendSolver learning(SigningKeys keys, SpendData data) {
    return new SpendSolver(keys, NoSignatures.INSTANCE, data);
  }

  /** Fills in signatures of the usual size instead of valid ones. */
  public static SpendSolver measuring(SpendData data) {
    return new SpendSolver(new SigningKeys(), new PlaceholderSignatures(), data);
  }

  /**
   * The most that an input takes which spends an output, where keys and scripts suffice to tell.
   * Who will sign is not known, and so neither whether their signatures are as short as ours.
   */
  public static Optional<InputSize> inputSize(Script output, SigningKeys keys) {
    SpendSolver solver = new SpendSolver(keys, PlaceholderSignatures.largest(), new SpendData());
    Solution solution = solver.solve(output);
    if (!solution.complete() || ScriptPattern.classify(output) == OutputType.ANCHOR) {
      return Optional.empty();
    }
    int base = OutPoint.SIZE + solution.scriptSig().encodedSize() + SEQUENCE_SIZE;
    int weight =
        Transaction.WITNESS_SCALE_FACTOR * base + Math.max(1, solution.witness().encodedSize());
    return Optional.of(InputSize.of(weight, solution.segwit()));
  }

  /**
   * The scripts of an input, as far as they can be made.
   *
   * @param segwit whether its signatures sign the amount, so that the amount need not be proven
   * @param complete whether they satisfy the output
   */
  public record Solution(Script scriptSig, Witness witness, boolean segwit, boolean complete) {}

  /**
   * The items that satisfy a script, from the bottom of the stack.
   *
   * @param complete whether they do; if not, they may be a part of it
   */
  record Items(List<ByteString> stack, boolean complete) {
    static final Items NONE = new Items(List.of(), false);

    static Items complete(ByteString... items) {
      return new Items(List.of(items), true);
    }

    Items with(ByteString top) {
      List<ByteString> more = new ArrayList<>(stack);
      more.add(top);
      return new Items(more, complete);
    }

    Witness toWitness() {
      return Witness.of(stack.stream().map(ByteString::toByteArray).toList());
    }
  }

  /** Solves an output. */
  public Solution solve(Script output) {
    if (!ScriptPattern.isP2sh(output)) {
      return finish(spend(output), Optional.empty());
    }
    ByteString hash = payload(output);
    Optional<Script> redeem = script(hash);
    if (redeem.isEmpty()) {
      data.missRedeemScript(hash);
      return UNSOLVED;
    }
    data.setRedeemScript(redeem.get());
    // Taproot does not hold inside P2SH (BIP-0341).
    boolean spendable = ScriptPattern.classify(redeem.get()) != OutputType.P2TR;
    return finish(spendable ? spend(redeem.get()) : UNSOLVED, redeem);
  }

  private Solution finish(Solution inner, Optional<Script> redeem) {
    Script scriptSig =
        redeem
            .map(script -> new ScriptBuilder().append(inner.scriptSig()).push(script).build())
            .orElse(inner.scriptSig());
    boolean complete = inner.complete() && maker.isValid(scriptSig, inner.witness());
    return new Solution(scriptSig, inner.witness(), inner.segwit(), complete);
  }

  private static ByteString payload(Script script) {
    return ByteString.of(ScriptPattern.payload(script).orElseThrow());
  }

  private Optional<Script> script(ByteString hash) {
    return keys.scriptOf(hash).or(() -> data.scriptOf(hash));
  }

  /** An output's script, or the one behind a P2SH output's hash. */
  private Solution spend(Script script) {
    return switch (ScriptPattern.classify(script)) {
      case P2WPKH -> {
        Script scriptCode = ScriptPattern.p2pkh(payload(script).toByteArray());
        yield witness(solve(scriptCode, Rules.SEGWIT));
      }
      case P2WSH -> scriptHash(payload(script));
      case P2TR -> witness(new TaprootSolver(keys, maker, data).solve(payload(script)));
      case ANCHOR -> new Solution(Script.EMPTY, Witness.EMPTY, false, true);
      default -> {
        Items items = solve(script, Rules.LEGACY);
        ScriptBuilder scriptSig = new ScriptBuilder();
        items.stack().forEach(item -> scriptSig.pushMinimal(item.toByteArray()));
        yield new Solution(scriptSig.build(), Witness.EMPTY, false, items.complete());
      }
    };
  }

  private static Solution witness(Items items) {
    return new Solution(Script.EMPTY, items.toWitness(), true, items.complete());
  }

  private Solution scriptHash(ByteString hash) {
    Optional<Script> inner = script(hash);
    if (inner.isEmpty()) {
      data.missWitnessScript(hash);
      return UNSOLVED;
    }
    data.setWitnessScript(inner.get());
    ByteString bytes = ByteString.of(inner.get().toByteArray());
    return witness(solveWitnessScript(inner.get()).with(bytes));
  }

  private Items solveWitnessScript(Script script) {
    return switch (ScriptPattern.classify(script)) {
      case P2PK, P2PKH, MULTISIG -> solve(script, Rules.SEGWIT);
      default ->
          new MiniscriptSolver(
                  ScriptContext.P2WSH,
                  maker,
                  data,
                  this::publicKeyOf,
                  key -> signature(key, script, Rules.SEGWIT))
              .solve(script);
    };
  }

  private Items solve(Script script, Rules rules) {
    OutputType type = ScriptPattern.classify(script);
    return switch (type) {
      case P2PK ->
          signature(payload(script), script, rules).map(Items::complete).orElse(Items.NONE);
      case P2PKH -> payToKeyHash(script, rules);
      case MULTISIG -> multisig(script, rules);
      default -> Items.NONE;
    };
  }

  private Optional<ByteString> publicKeyOf(ByteString hash) {
    return data.publicKeyOf(hash).or(() -> keys.publicKeyOf(hash));
  }

  private Items payToKeyHash(Script script, Rules rules) {
    ByteString hash = payload(script);
    Optional<ByteString> publicKey = publicKeyOf(hash);
    if (publicKey.isEmpty()) {
      data.missKey(hash);
      return Items.NONE;
    }
    return signature(publicKey.get(), script, rules)
        .map(signature -> Items.complete(signature, publicKey.get()))
        .orElse(Items.NONE);
  }

  /**
   * As many signatures as are wanted, in the order of the keys; below them the unused item. More
   * are made where they can be, for those who combine them later.
   */
  private Items multisig(Script script, Rules rules) {
    ScriptPattern.Multisig multisig = ScriptPattern.multisig(script).orElseThrow();
    List<ByteString> stack = new ArrayList<>();
    stack.add(ByteString.EMPTY);
    for (byte[] key : multisig.keys()) {
      Optional<ByteString> signature = signature(ByteString.of(key), script, rules);
      if (stack.size() <= multisig.required()) {
        signature.ifPresent(stack::add);
      }
    }
    boolean complete = stack.size() > multisig.required();
    while (stack.size() <= multisig.required()) {
      stack.add(ByteString.EMPTY);
    }
    return new Items(stack, complete);
  }

  /** The signature that is there, or a new one. */
  private Optional<ByteString> signature(ByteString publicKey, Script scriptCode, Rules rules) {
    Optional<ByteString> present = data.signature(publicKey);
    if (present.isPresent()) {
      return present;
    }
    Optional<KeyOrigin> origin = keys.origin(publicKey);
    origin.ifPresent(from -> data.addKey(publicKey, from));
    Optional<ByteString> made = maker.ecdsa(publicKey, scriptCode, rules);
    made.ifPresentOrElse(
        signature -> data.addSignature(publicKey, signature), () -> data.missSignature(publicKey));
    return made;
  }
}
