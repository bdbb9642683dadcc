package org.farthing.wallet.miniscript;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;

/**
 * Finds the witness of an expression that nobody else can change, and the smallest one of those
 * (BIP-0379, non-malleable satisfaction algorithm). Every key is asked for its signature once.
 */
final class Satisfier<K> {
  /** Not the preimage of anything that somebody asks for; others would do as well. */
  private static final WitnessPart NO_PREIMAGE =
      WitnessPart.item(ByteString.of(new byte[32])).malleable(true);

  private final Miniscript<K> miniscript;
  private final SatisfactionSource<? super K> source;

  Satisfier(Miniscript<K> miniscript, SatisfactionSource<? super K> source) {
    this.miniscript = miniscript;
    this.source = source;
  }

  /** How an expression is satisfied, and how dissatisfied. */
  private record Ways(WitnessPart sat, WitnessPart dsat) {}

  Optional<Satisfaction> satisfy() {
    WitnessPart sat = ways().sat();
    return sat.exists()
        ? Optional.of(new Satisfaction(sat.items(), sat.hasSignature(), sat.isMalleable()))
        : Optional.empty();
  }

  /** The same for leaving the expression unsatisfied. */
  Optional<Satisfaction> dissatisfy() {
    WitnessPart dsat = ways().dsat();
    return dsat.exists()
        ? Optional.of(new Satisfaction(dsat.items(), dsat.hasSignature(), dsat.isMalleable()))
        : Optional.empty();
  }

  private Ways ways() {
    Expression expression = miniscript.expression();
    return expression.fold((position, parts) -> ways(expression.fragment(position), parts));
  }

  private Ways ways(Fragment fragment, List<Ways> parts) {
    return switch (fragment.kind()) {
      case FALSE -> new Ways(WitnessPart.NONE, WitnessPart.EMPTY);
      case TRUE -> new Ways(WitnessPart.EMPTY, WitnessPart.NONE);
      case PK_K, PK_H -> key((Fragment.Key) fragment);
      case OLDER -> lock(source.isOlder(((Fragment.Lock) fragment).value()));
      case AFTER -> lock(source.isAfter(((Fragment.Lock) fragment).value()));
      case SHA256, HASH256, RIPEMD160, HASH160 -> hash((Fragment.Hash) fragment);
      case MULTI -> multi((Fragment.Multi) fragment);
      case MULTI_A -> multiA((Fragment.Multi) fragment);
      case THRESH -> thresh(((Fragment.Thresh) fragment).required(), parts);
      case ANDOR -> {
        Ways x = parts.get(0);
        Ways y = parts.get(1);
        Ways z = parts.get(2);
        yield new Ways(
            y.sat.then(x.sat).or(z.sat.then(x.dsat)), z.dsat.then(x.dsat).or(y.dsat.then(x.sat)));
      }
      default ->
          fragment.kind().isWrapper()
              ? wrapper(fragment.kind(), parts.get(0))
              : pair(fragment.kind(), parts.get(0), parts.get(1));
    };
  }

  private K key(int index) {
    return miniscript.keys().get(index);
  }

  private Ways key(Fragment.Key fragment) {
    K key = key(fragment.key());
    WitnessPart signature = WitnessPart.signature(source.signature(key));
    if (fragment.kind() == Fragment.Kind.PK_K) {
      return new Ways(signature, WitnessPart.ZERO);
    }
    WitnessPart revealed = WitnessPart.item(source.publicKey(key));
    return new Ways(signature.then(revealed), WitnessPart.ZERO.then(revealed));
  }

  private static Ways lock(boolean reached) {
    return new Ways(reached ? WitnessPart.EMPTY : WitnessPart.NONE, WitnessPart.NONE);
  }

  private Ways hash(Fragment.Hash fragment) {
    WitnessPart preimage =
        source
            .preimage(fragment.type(), fragment.hash())
            .map(WitnessPart::item)
            .orElse(WitnessPart.NONE);
    return new Ways(preimage, NO_PREIMAGE);
  }

  /** The item at the bottom is taken by the check and never looked at. */
  private Ways multi(Fragment.Multi multi) {
    WitnessPart[] best = none(multi.required());
    best[0] = WitnessPart.ZERO;
    for (int i = 0; i < multi.keyCount(); i++) {
      WitnessPart signature = signature(multi, i);
      for (int j = multi.required(); j > 0; j--) {
        best[j] = best[j].or(best[j - 1].then(signature));
      }
    }
    WitnessPart zeros = WitnessPart.ZERO;
    for (int i = 0; i < multi.required(); i++) {
      zeros = zeros.then(WitnessPart.ZERO);
    }
    return new Ways(best[multi.required()], zeros);
  }

  /** The first key takes its signature, or a zero, from the top. */
  private Ways multiA(Fragment.Multi multi) {
    WitnessPart[] best = none(multi.required());
    best[0] = WitnessPart.EMPTY;
    for (int i = multi.keyCount() - 1; i >= 0; i--) {
      WitnessPart signature = signature(multi, i);
      for (int j = multi.required(); j > 0; j--) {
        best[j] = best[j].then(WitnessPart.ZERO).or(best[j - 1].then(signature));
      }
      best[0] = best[0].then(WitnessPart.ZERO);
    }
    return new Ways(best[multi.required()], best[0]);
  }

  private WitnessPart signature(Fragment.Multi multi, int index) {
    return WitnessPart.signature(source.signature(key(multi.firstKey() + index)));
  }

  private static WitnessPart[] none(int most) {
    WitnessPart[] parts = new WitnessPart[most + 1];
    Arrays.fill(parts, WitnessPart.NONE);
    return parts;
  }

  /** Counts up over the parts from the last one, which takes its items from below the others'. */
  private static Ways thresh(int required, List<Ways> parts) {
    WitnessPart[] best = none(required);
    best[0] = WitnessPart.EMPTY;
    int open = 0;
    for (int i = parts.size() - 1; i >= 0; i--) {
      Ways part = parts.get(i);
      open += part.sat.exists() && !part.sat.hasSignature() ? 1 : 0;
      for (int j = Math.min(required, parts.size() - i); j > 0; j--) {
        best[j] = best[j].then(part.dsat).or(best[j - 1].then(part.sat));
      }
      best[0] = best[0].then(part.dsat);
    }
    // Anybody can satisfy the open parts, and any number but the wanted one is a dissatisfaction.
    boolean changeable = open > 1 || (open == 1 && required != 1);
    return new Ways(best[required], best[0].malleable(best[0].isMalleable() || changeable));
  }

  private static Ways wrapper(Fragment.Kind kind, Ways x) {
    return switch (kind) {
      case WRAP_A, WRAP_S, WRAP_C, WRAP_N -> x;
      case WRAP_D -> new Ways(x.sat.then(WitnessPart.ONE), WitnessPart.ZERO);
      case WRAP_V -> new Ways(x.sat, WitnessPart.NONE);
      // Where X can be dissatisfied without a signature that may do as well as zero.
      case WRAP_J ->
          new Ways(x.sat, WitnessPart.ZERO.malleable(x.dsat.exists() && !x.dsat.hasSignature()));
      default -> throw new AssertionError(kind);
    };
  }

  private static Ways pair(Fragment.Kind kind, Ways x, Ways y) {
    WitnessPart neither = y.dsat.then(x.dsat);
    return switch (kind) {
      case AND_V -> new Ways(y.sat.then(x.sat), y.dsat.then(x.sat));
      case AND_B ->
          new Ways(
              y.sat.then(x.sat),
              neither
                  .or(y.sat.then(x.dsat).malleable(true))
                  .or(y.dsat.then(x.sat).malleable(true)));
      case OR_B ->
          new Ways(
              y.dsat.then(x.sat).or(y.sat.then(x.dsat)).or(y.sat.then(x.sat).malleable(true)),
              neither);
      case OR_C -> new Ways(x.sat.or(y.sat.then(x.dsat)), WitnessPart.NONE);
      case OR_D -> new Ways(x.sat.or(y.sat.then(x.dsat)), neither);
      case OR_I ->
          new Ways(
              x.sat.then(WitnessPart.ONE).or(y.sat.then(WitnessPart.ZERO)),
              x.dsat.then(WitnessPart.ONE).or(y.dsat.then(WitnessPart.ZERO)));
      default -> throw new AssertionError(kind);
    };
  }
}
