package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.farthing.consensus.bytes.CompactSize;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.wallet.miniscript.Miniscript;

/**
 * The most weight units that an input takes which spends an output of a descriptor with the keys at
 * hand: outpoint, scriptSig, sequence and witness.
 */
final class InputWeight {
  /** A signature with a low r and a low s, as ours are, in DER, and its type. */
  static final int OWN_SIGNATURE_SIZE = 71;

  /** One with a high r, as others may make them. */
  static final int SIGNATURE_SIZE = 72;

  private static final int SEQUENCE_SIZE = 4;
  private static final int MAX_DIRECT_PUSH = 75;

  private final int index;
  private final Predicate<KeyExpression> own;
  private final int signatureSize;

  private InputWeight(int index, Predicate<KeyExpression> own, int signatureSize) {
    this.index = index;
    this.own = own;
    this.signatureSize = signatureSize;
  }

  /**
   * @param index at which the sizes of scripts are looked at; they are the same at each
   * @param own whether the secret of a key is at hand
   * @param signatureSize the most bytes of an ECDSA signature, its type included
   * @return empty where these keys don't suffice
   */
  static Optional<InputSize> of(
      ScriptExpression expression, int index, Predicate<KeyExpression> own, int signatureSize) {
    return new InputWeight(index, own, signatureSize).input(expression);
  }

  private Optional<InputSize> input(ScriptExpression expression) {
    if (expression instanceof ScriptExpression.Sh sh) {
      return nested(sh);
    }
    if (isWitness(expression)) {
      return total(Optional.of(List.of()), witness(expression));
    }
    return total(items(expression), Optional.of(Stack.NONE));
  }

  private Optional<InputSize> nested(ScriptExpression.Sh sh) {
    int redeemSize = sh.redeemScriptAt(index).size();
    if (isWitness(sh.inner())) {
      return total(Optional.of(List.of(redeemSize)), witness(sh.inner()));
    }
    return total(items(sh.inner()).map(items -> with(items, redeemSize)), Optional.of(Stack.NONE));
  }

  /** What a witness takes: its items, and their bytes with their lengths. */
  private record Stack(int count, int size) {
    static final Stack NONE = new Stack(0, 0);

    static Stack of(List<Integer> items) {
      return new Stack(
          items.size(), items.stream().mapToInt(item -> CompactSize.sizeOf(item) + item).sum());
    }

    Stack with(int top) {
      return new Stack(count + 1, size + CompactSize.sizeOf(top) + top);
    }
  }

  private static boolean isWitness(ScriptExpression expression) {
    return expression instanceof ScriptExpression.Wpkh
        || expression instanceof ScriptExpression.Wsh
        || expression instanceof ScriptExpression.Tr
        || expression instanceof ScriptExpression.RawTr;
  }

  private static Optional<InputSize> total(
      Optional<List<Integer>> scriptSig, Optional<Stack> witness) {
    if (scriptSig.isEmpty() || witness.isEmpty()) {
      return Optional.empty();
    }
    int pushes = scriptSig.get().stream().mapToInt(InputWeight::pushSize).sum();
    int base = OutPoint.SIZE + CompactSize.sizeOf(pushes) + pushes + SEQUENCE_SIZE;
    return Optional.of(
        InputSize.of(
            Transaction.WITNESS_SCALE_FACTOR * base
                + CompactSize.sizeOf(witness.get().count())
                + witness.get().size(),
            witness.get().count() > 0));
  }

  private static int pushSize(int size) {
    if (size <= MAX_DIRECT_PUSH) {
      return 1 + size;
    }
    return (size <= 0xff ? 2 : 3) + size;
  }

  private Optional<Stack> witness(ScriptExpression expression) {
    if (expression instanceof ScriptExpression.Wpkh wpkh) {
      return signature(wpkh.key()).map(items -> Stack.of(items).with(Secp256k1.COMPRESSED_SIZE));
    }
    if (expression instanceof ScriptExpression.Wsh wsh) {
      Optional<Stack> items =
          wsh.inner() instanceof MiniscriptExpression inner
              ? satisfaction(inner.miniscript())
              : items(wsh.inner()).map(Stack::of);
      return items.map(stack -> stack.with(wsh.witnessScriptAt(index).size()));
    }
    if (expression instanceof ScriptExpression.Tr tr) {
      return schnorr(tr.internal()).map(Stack::of).or(() -> leaf(tr));
    }
    return expression instanceof ScriptExpression.RawTr raw
        ? schnorr(raw.key()).map(Stack::of)
        : Optional.empty();
  }

  /** The most that any satisfaction takes, where the keys at hand suffice for one. */
  private Optional<Stack> satisfaction(Miniscript<KeyExpression> miniscript) {
    return miniscript.isSatisfiableWith(own)
        ? Optional.of(
            new Stack(
                miniscript.maxWitnessItems().orElseThrow(),
                miniscript.maxWitnessSize().orElseThrow()))
        : Optional.empty();
  }

  /** What satisfies a script of an output, of P2SH or of P2WSH. */
  private Optional<List<Integer>> items(ScriptExpression expression) {
    if (expression instanceof ScriptExpression.Pk pk) {
      return signature(pk.key());
    }
    if (expression instanceof ScriptExpression.Pkh pkh) {
      return signature(pkh.key()).map(items -> with(items, pkh.key().publicKey(index).length));
    }
    if (expression instanceof ScriptExpression.Multi multi) {
      return signatures(multi.required(), multi.keys(), signatureSize)
          .map(
              items -> {
                List<Integer> all = new ArrayList<>(List.of(0));
                all.addAll(items);
                return all;
              });
    }
    return Optional.empty();
  }

  private Optional<List<Integer>> signature(KeyExpression key) {
    return own.test(key) ? Optional.of(List.of(signatureSize)) : Optional.empty();
  }

  private Optional<List<Integer>> schnorr(KeyExpression key) {
    return own.test(key) ? Optional.of(List.of(Secp256k1.SIGNATURE_SIZE)) : Optional.empty();
  }

  private Optional<List<Integer>> signatures(int required, List<KeyExpression> keys, int size) {
    return keys.stream().filter(own).count() < required
        ? Optional.empty()
        : Optional.of(Collections.nCopies(required, size));
  }

  /** The least of the leaves that can be satisfied: it is the one that is taken. */
  private Optional<Stack> leaf(ScriptExpression.Tr tr) {
    TaprootOutput output = TaprootOutput.of(tr, index);
    List<TapTree.Leaf> expressions = tr.tree().map(TapTree::leaves).orElse(List.of());
    List<Stack> satisfied = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      TaprootOutput.Leaf leaf = output.leaves().get(i);
      leafItems(expressions.get(i))
          .map(items -> items.with(leaf.script().size()))
          .map(items -> items.with(output.controlBlock(leaf).length))
          .ifPresent(satisfied::add);
    }
    return satisfied.stream().min(Comparator.comparingInt(Stack::size));
  }

  private Optional<Stack> leafItems(TapTree.Leaf leaf) {
    if (leaf instanceof TapTree.Pk pk) {
      return schnorr(pk.key()).map(Stack::of);
    }
    if (leaf instanceof MiniscriptLeaf composed) {
      return satisfaction(composed.miniscript());
    }
    if (leaf instanceof TapTree.MultiA multi) {
      return signatures(multi.required(), multi.keys(), Secp256k1.SIGNATURE_SIZE)
          .map(
              items -> {
                List<Integer> all = new ArrayList<>(items);
                all.addAll(Collections.nCopies(multi.keys().size() - multi.required(), 0));
                return Stack.of(all);
              });
    }
    return Optional.empty();
  }

  private static List<Integer> with(List<Integer> items, int top) {
    List<Integer> more = new ArrayList<>(items);
    more.add(top);
    return more;
  }
}
