package org.farthing.wallet.miniscript;

import static org.farthing.wallet.miniscript.Type.Property.*;

import java.util.List;
import org.farthing.consensus.primitives.LockTime;
import org.farthing.consensus.primitives.Sequence;
import org.farthing.wallet.miniscript.Type.Property;

/**
 * The type of an expression from those of its parts (BIP-0379: correctness, mixing of time locks,
 * malleability).
 */
final class TypeRules {
  private static final Type HASH = Type.of(B, O, N, D, U, M, UNMIXED);
  private static final Type FALSE = Type.of(B, Z, U, D, E, M, S, X, UNMIXED);
  private static final Type TRUE = Type.of(B, Z, U, F, M, X, UNMIXED);
  private static final Type PK_K = Type.of(K, O, N, D, U, E, M, S, X, UNMIXED);
  private static final Type PK_H = Type.of(K, N, D, U, E, M, S, X, UNMIXED);
  private static final Type MULTI = Type.of(B, N, D, U, E, M, S, UNMIXED);
  private static final Type MULTI_A = Type.of(B, D, U, E, M, S, UNMIXED);

  // What some have in any case.
  private static final Type F_X = Type.of(F, X);
  private static final Type N_D_X = Type.of(N, D, X);
  private static final Type U_X = Type.of(U, X);
  private static final Type D_U_X = Type.of(D, U, X);
  private static final Type B_D_U = Type.of(B, D, U);
  private static final Type ONLY_X = Type.of(X);

  private TypeRules() {}

  static Type of(Fragment fragment, List<Type> parts, ScriptContext context) {
    Type type =
        fragment.kind().isWrapper()
            ? wrapper(fragment.kind(), parts.get(0), context)
            : composed(fragment, parts);
    return type.isValid() ? type : Type.INVALID;
  }

  private static Type composed(Fragment fragment, List<Type> parts) {
    return switch (fragment.kind()) {
      case FALSE -> FALSE;
      case TRUE -> TRUE;
      case PK_K -> PK_K;
      case PK_H -> PK_H;
      case OLDER, AFTER -> lock((Fragment.Lock) fragment);
      case SHA256, HASH256, RIPEMD160, HASH160 -> HASH;
      case MULTI -> MULTI;
      case MULTI_A -> MULTI_A;
      case THRESH -> thresh(((Fragment.Thresh) fragment).required(), parts);
      case ANDOR -> andor(parts.get(0), parts.get(1), parts.get(2));
      default -> pair(fragment.kind(), parts.get(0), parts.get(1));
    };
  }

  private static Type lock(Fragment.Lock lock) {
    Property kind;
    if (lock.kind() == Fragment.Kind.OLDER) {
      kind = (lock.value() & Sequence.TYPE_FLAG) != 0 ? G : H;
    } else {
      kind = LockTime.isHeight(lock.value()) ? J : I;
    }
    return Type.of(B, Z, F, M, X, UNMIXED, kind);
  }

  private static Type wrapper(Fragment.Kind kind, Type x, ScriptContext context) {
    Type type = x.locks().withFrom(x, UNMIXED, M);
    return switch (kind) {
      case WRAP_A -> type.with(W, x.is(B)).withFrom(x, D, U, E, F, S).with(X, true);
      case WRAP_S -> type.with(W, x.is(B, O)).withFrom(x, D, U, E, F, S, X);
      case WRAP_C -> type.with(B, x.is(K)).withFrom(x, O, N, D, E, F).with(U, true).with(S, true);
      case WRAP_D ->
          type.with(B, x.is(V, Z))
              .with(O, x.is(Z))
              .with(E, x.is(F))
              .withFrom(x, S)
              // Elsewhere it is only policy that the argument of IF is exactly one.
              .with(U, context.isTapscript())
              .or(N_D_X);
      case WRAP_V -> type.with(V, x.is(B)).withFrom(x, Z, O, N, S).or(F_X);
      case WRAP_J -> type.with(B, x.is(B, N)).with(E, x.is(F)).withFrom(x, O, U, S).or(N_D_X);
      case WRAP_N -> type.withFrom(x, B, Z, O, N, D, E, F, S).or(U_X);
      default -> throw new AssertionError(kind);
    };
  }

  private static Type pair(Fragment.Kind kind, Type x, Type y) {
    Type both = x.and(y);
    Type either = x.or(y);
    Type type = either.locks().withFrom(both, Z, UNMIXED);
    return switch (kind) {
      case AND_V ->
          unmixed(type, x, y)
              .or(x.is(V) ? base(y) : Type.INVALID)
              .with(O, either.is(Z, O))
              .with(N, x.is(N) || (x.is(Z) && y.is(N)))
              .withFrom(both, M)
              .withFrom(either, S)
              .with(F, x.is(S) || y.is(F))
              .withFrom(y, U, X);
      case AND_B ->
          unmixed(type, x, y)
              .with(B, x.is(B) && y.is(W))
              .with(O, either.is(Z, O))
              .with(N, x.is(N) || (x.is(Z) && y.is(N)))
              .with(E, both.is(E, S))
              .withFrom(both, D, M)
              .with(F, both.is(F) || x.is(S, F) || y.is(S, F))
              .withFrom(either, S)
              .or(U_X);
      case OR_B ->
          type.with(B, x.is(B, D) && y.is(W, D))
              .with(O, either.is(Z, O))
              .with(M, both.is(M, E) && either.is(S))
              .withFrom(both, S, E)
              .or(D_U_X);
      case OR_C -> orElse(type, x, y).with(V, x.is(B, D, U) && y.is(V)).or(F_X);
      case OR_D ->
          orElse(type, x, y).with(B, x.is(B, D, U) && y.is(B)).withFrom(y, U, F, D, E).or(ONLY_X);
      case OR_I -> branches(x, y);
      default -> throw new AssertionError(kind);
    };
  }

  /** What {@code or_c} and {@code or_d} share. */
  private static Type orElse(Type type, Type x, Type z) {
    return type.with(O, x.is(O) && z.is(Z))
        .with(M, x.and(z).is(M) && x.is(E) && x.or(z).is(S))
        .withFrom(x.and(z), S);
  }

  private static Type branches(Type x, Type z) {
    Type both = x.and(z);
    Type either = x.or(z);
    return either
        .locks()
        .or(base(both))
        .withFrom(both, U, F, S, UNMIXED)
        .with(O, both.is(Z))
        .with(E, (x.is(E) && z.is(F)) || (x.is(F) && z.is(E)))
        .with(M, both.is(M) && either.is(S))
        .withFrom(either, D)
        .with(X, true);
  }

  private static Type andor(Type x, Type y, Type z) {
    Type taken = y.and(z);
    Type all = x.and(taken);
    return x.or(y)
        .or(z)
        .locks()
        .or(x.is(B, D, U) ? base(taken) : Type.INVALID)
        .withFrom(all, Z)
        .with(O, (x.is(Z) && taken.is(O)) || (x.is(O) && taken.is(Z)))
        .withFrom(taken, U)
        .with(F, z.is(F) && (x.is(S) || y.is(F)))
        .withFrom(z, D)
        .with(E, z.is(E) && (x.is(S) || y.is(F)))
        .with(M, all.is(M) && x.is(E) && x.or(y).or(z).is(S))
        .with(S, z.is(S) && x.or(y).is(S))
        .with(X, true)
        .with(UNMIXED, all.is(UNMIXED) && !x.mixesWith(y));
  }

  private static Type thresh(int required, List<Type> parts) {
    int arguments = 0;
    int signed = 0;
    Type all = parts.get(0);
    Type locks = Type.INVALID;
    boolean unmixed = true;
    for (int i = 0; i < parts.size(); i++) {
      Type part = parts.get(i);
      if (!part.is(i == 0 ? B : W, D, U)) {
        return Type.INVALID;
      }
      arguments += part.is(Z) ? 0 : part.is(O) ? 1 : 2;
      signed += part.is(S) ? 1 : 0;
      unmixed &= required == 1 || !locks.mixesWith(part);
      locks = locks.or(part.locks());
      all = all.and(part);
    }
    int unsigned = parts.size() - signed;
    return locks
        .or(B_D_U)
        .with(Z, arguments == 0)
        .with(O, arguments == 1)
        .with(E, all.is(E) && unsigned == 0)
        .with(M, all.is(E, M) && unsigned <= required)
        .with(S, unsigned < required)
        .with(UNMIXED, unmixed && all.is(UNMIXED));
  }

  private static Type unmixed(Type type, Type x, Type y) {
    return x.mixesWith(y) ? new Type(type.bits() & ~Type.of(UNMIXED).bits()) : type;
  }

  /** The base type of a type, unless it is W. */
  private static Type base(Type type) {
    return Type.INVALID.withFrom(type, B, V, K);
  }
}
