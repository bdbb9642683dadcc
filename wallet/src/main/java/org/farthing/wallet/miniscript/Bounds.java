package org.farthing.wallet.miniscript;

import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.script.ScriptNum;

/**
 * How large a script is, and what its canonical satisfactions and dissatisfactions need at most.
 *
 * @param scriptSize bytes
 * @param ops opcodes that count, whatever is executed
 */
record Bounds(int scriptSize, int ops, Cost sat, Cost dsat) {
  private static final Cost NOT_SATISFIABLE = Cost.IMPOSSIBLE;
  private static final int HASH_OPS = 4;
  private static final int PREIMAGE_SIZE = 1 + 32;

  static Bounds of(Expression expression) {
    return expression.fold((position, parts) -> of(expression, position, parts));
  }

  /** Of a subexpression, given those of its parts. */
  static Bounds of(Expression expression, int position, List<Bounds> parts) {
    Fragment fragment = expression.fragment(position);
    if (fragment.kind().isWrapper()) {
      boolean free =
          fragment.kind() == Fragment.Kind.WRAP_V
              && !expression.type(position - 1).is(Type.Property.X);
      return wrapper(fragment.kind(), parts.get(0), free);
    }
    return composed(fragment, parts, expression.context());
  }

  private static Bounds composed(Fragment fragment, List<Bounds> parts, ScriptContext context) {
    int signature = context.signatureSize();
    int key = 1 + context.keySize();
    Cost push = Cost.PUSH;
    return switch (fragment.kind()) {
      case FALSE -> new Bounds(1, 0, NOT_SATISFIABLE, push);
      case TRUE -> new Bounds(1, 0, push, Cost.IMPOSSIBLE);
      case PK_K -> new Bounds(key, 0, push.withWitness(signature), push.withWitness(1));
      case PK_H -> {
        Cost checked = push.then(push).then(Cost.TAKE_TWO).withWitness(key);
        yield new Bounds(24, 3, checked.withWitness(signature), checked.withWitness(1));
      }
      case OLDER, AFTER -> {
        int size = numberSize(((Fragment.Lock) fragment).value()) + 1;
        yield new Bounds(size, 1, push, Cost.IMPOSSIBLE);
      }
      case SHA256, HASH256, RIPEMD160, HASH160 -> {
        int size = 7 + ((Fragment.Hash) fragment).type().size();
        Cost checked = push.then(push).then(Cost.TAKE_TWO).then(push).then(Cost.TAKE);
        yield new Bounds(size, HASH_OPS, checked.withWitness(PREIMAGE_SIZE), Cost.IMPOSSIBLE);
      }
      case MULTI -> multi((Fragment.Multi) fragment, signature);
      case MULTI_A -> multiA((Fragment.Multi) fragment, signature);
      case THRESH -> thresh(((Fragment.Thresh) fragment).required(), parts);
      case ANDOR -> andor(parts.get(0), parts.get(1), parts.get(2));
      default -> pair(fragment.kind(), parts.get(0), parts.get(1));
    };
  }

  private static int numberSize(int number) {
    return number <= 16 ? 1 : 1 + ScriptNum.encode(number).length;
  }

  /** Below the signatures there is an item that is not used; keys and both numbers are pushed. */
  private static Bounds multi(Fragment.Multi multi, int signature) {
    int keys = multi.keyCount();
    int required = multi.required();
    int size = 1 + numberSize(keys) + numberSize(required) + 34 * keys;
    Cost checked = new Cost(keys, 1, required, required + keys + 2);
    return new Bounds(
        size, 1, checked.withWitness(required * signature), checked.withWitness(required));
  }

  private static Bounds multiA(Fragment.Multi multi, int signature) {
    int keys = multi.keyCount();
    int required = multi.required();
    int size = 34 * keys + numberSize(required) + 1;
    Cost checked = new Cost(0, keys, keys - 1, keys);
    return new Bounds(size, keys + 1, checked.withWitness(required * (signature - 1)), checked);
  }

  private static Bounds wrapper(Fragment.Kind kind, Bounds x, boolean free) {
    Cost sat = x.sat;
    Cost dsat = x.dsat;
    return switch (kind) {
      case WRAP_A -> x.more(2, sat, dsat);
      case WRAP_S, WRAP_N -> x.more(1, sat, dsat);
      case WRAP_C -> x.more(1, sat.then(Cost.TAKE), dsat.then(Cost.TAKE));
      case WRAP_D -> {
        Cost branch = Cost.PUSH.then(Cost.TAKE);
        yield x.more(3, branch.then(sat).withWitness(2), branch.withWitness(1));
      }
      case WRAP_J -> {
        Cost branch = Cost.PUSH.then(Cost.TAKE);
        yield x.more(4, branch.then(sat), branch.withWitness(1));
      }
      case WRAP_V -> x.more(free ? 0 : 1, sat.then(Cost.TAKE), Cost.IMPOSSIBLE);
      default -> throw new AssertionError(kind);
    };
  }

  /** With opcodes around it. */
  private Bounds more(int opcodes, Cost newSat, Cost newDsat) {
    return new Bounds(scriptSize + opcodes, ops + opcodes, newSat, newDsat);
  }

  private static Bounds pair(Fragment.Kind kind, Bounds x, Bounds y) {
    Cost take = Cost.TAKE;
    Bounds both = new Bounds(x.scriptSize + y.scriptSize, x.ops + y.ops, x.sat, x.dsat);
    Cost neither = x.dsat.then(y.dsat).then(take);
    return switch (kind) {
      case AND_V -> both.more(0, x.sat.then(y.sat), Cost.IMPOSSIBLE);
      case AND_B -> both.more(1, x.sat.then(y.sat).then(take), neither);
      case OR_B -> both.more(1, x.sat.then(y.dsat).or(x.dsat.then(y.sat)).then(take), neither);
      case OR_C ->
          both.more(2, x.sat.then(take).or(x.dsat.then(take).then(y.sat)), Cost.IMPOSSIBLE);
      case OR_D -> {
        Cost alone = x.sat.then(Cost.PUSH).then(take);
        Cost other = x.dsat.then(take);
        yield both.more(3, alone.or(other.then(y.sat)), other.then(y.dsat));
      }
      case OR_I ->
          both.more(
              3,
              take.then(x.sat).withWitness(2).or(take.then(y.sat).withWitness(1)),
              take.then(x.dsat).withWitness(2).or(take.then(y.dsat).withWitness(1)));
      default -> throw new AssertionError(kind);
    };
  }

  private static Bounds andor(Bounds x, Bounds y, Bounds z) {
    int ops = x.ops + y.ops + z.ops + 3;
    int size = x.scriptSize + y.scriptSize + z.scriptSize + 3;
    Cost yes = x.sat.then(Cost.TAKE);
    Cost no = x.dsat.then(Cost.TAKE);
    return new Bounds(size, ops, yes.then(y.sat).or(no.then(z.sat)), no.then(z.dsat));
  }

  /**
   * Counts up over the parts: for each number of satisfied ones that can still lead to the wanted
   * one, what that needs.
   */
  private static Bounds thresh(int required, List<Bounds> parts) {
    int ops = 0;
    int size = numberSize(required);
    Cost[] satisfied = new Cost[required + 1];
    Arrays.fill(satisfied, Cost.IMPOSSIBLE);
    satisfied[0] = Cost.NOTHING;
    for (int i = 0; i < parts.size(); i++) {
      Bounds part = parts.get(i);
      ops += part.ops + 1;
      size += part.scriptSize + 1;
      Cost add = i == 0 ? Cost.NOTHING : Cost.TAKE;
      int least = Math.max(1, required - (parts.size() - 1 - i));
      for (int j = Math.min(required, i + 1); j >= least; j--) {
        Cost without = satisfied[j].then(part.dsat);
        satisfied[j] = without.or(satisfied[j - 1].then(part.sat)).then(add);
      }
      satisfied[0] = satisfied[0].then(part.dsat).then(add);
    }
    Cost end = Cost.PUSH.then(Cost.TAKE);
    return new Bounds(size, ops, satisfied[required].then(end), satisfied[0].then(end));
  }
}
