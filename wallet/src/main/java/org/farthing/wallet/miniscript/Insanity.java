package org.farthing.wallet.miniscript;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.wallet.miniscript.Type.Property;

/**
 * Why an expression is better not used.
 *
 * @param subexpression the first one that is the cause, none of its parts being one
 */
public record Insanity(Reason reason, String subexpression) {
  /** The causes, in Bitcoin Core's words. */
  public enum Reason {
    INVALID(" is invalid"),
    MALLEABLE(" is not sane: malleable witnesses exist"),
    NO_SIGNATURE(" is not sane: witnesses without signature exist"),
    MIXED_LOCKS(" is not sane: contains mixes of timelocks expressed in blocks and seconds"),
    DUPLICATE_KEYS(" is not sane: contains duplicate public keys"),
    LIMITS(" is not sane: needs witnesses that may exceed resource limits"),
    NOT_BASE(" is not sane"),
    UNSATISFIABLE(" is not satisfiable");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  /** A sentence that names the subexpression. */
  public String text() {
    return subexpression + reason.text;
  }

  static <K> Optional<Insanity> of(Miniscript<K> miniscript, Function<? super K, ?> identity) {
    return new Search<>(miniscript, identity).find();
  }

  /** The keys of a subexpression, and the largest index that each of them had before. */
  private record KeyRange(int first, int end, int lastRepeated) {
    boolean hasDuplicates() {
      return lastRepeated >= first;
    }

    KeyRange then(KeyRange next) {
      return new KeyRange(first, next.end, Math.max(lastRepeated, next.lastRepeated));
    }
  }

  /** What is known of a subexpression. */
  private record Known(Bounds bounds, KeyRange keys) {}

  private static final class Search<K> {
    private final Miniscript<K> miniscript;
    private final Expression expression;
    private final int[] repeated;
    private Optional<Insanity> found = Optional.empty();
    private int keyCount;

    Search(Miniscript<K> miniscript, Function<? super K, ?> identity) {
      this.miniscript = miniscript;
      this.expression = miniscript.expression();
      this.repeated = repeated(miniscript.keys(), identity);
    }

    /** For each key the index before it of one that is the same, or -1. */
    private static <K> int[] repeated(List<K> keys, Function<? super K, ?> identity) {
      Map<Object, Integer> last = new HashMap<>();
      int[] repeated = new int[keys.size()];
      for (int i = 0; i < repeated.length; i++) {
        Integer before = last.put(identity.apply(keys.get(i)), i);
        repeated[i] = before == null ? -1 : before;
      }
      return repeated;
    }

    Optional<Insanity> find() {
      Known whole = expression.fold(this::look);
      Type type = expression.type();
      if (found.isPresent()) {
        return found;
      }
      if (!type.is(Property.S)) {
        return because(Reason.NO_SIGNATURE, expression.root());
      }
      if (!type.is(Property.B)) {
        return because(Reason.NOT_BASE, expression.root());
      }
      return whole.bounds().sat().isPossible()
          ? Optional.empty()
          : because(Reason.UNSATISFIABLE, expression.root());
    }

    private Known look(int position, List<Known> parts) {
      Bounds bounds = Bounds.of(expression, position, parts.stream().map(Known::bounds).toList());
      KeyRange keys = ownKeys(expression.fragment(position));
      if (!parts.isEmpty()) {
        keys = parts.stream().map(Known::keys).reduce(KeyRange::then).orElseThrow();
      }
      Known known = new Known(bounds, keys);
      if (found.isEmpty()) {
        found = reason(position, known).flatMap(reason -> because(reason, position));
      }
      return known;
    }

    private KeyRange ownKeys(Fragment fragment) {
      int first = keyCount;
      if (fragment instanceof Fragment.Key) {
        keyCount++;
      } else if (fragment instanceof Fragment.Multi multi) {
        keyCount += multi.keyCount();
      }
      int lastRepeated = -1;
      for (int i = first; i < keyCount; i++) {
        lastRepeated = Math.max(lastRepeated, repeated[i]);
      }
      return new KeyRange(first, keyCount, lastRepeated);
    }

    private Optional<Reason> reason(int position, Known known) {
      Type type = expression.type(position);
      ScriptContext context = expression.context();
      if (!type.isValid() || !Limits.isSizeAllowed(known.bounds(), context)) {
        return Optional.of(Reason.INVALID);
      }
      if (!type.is(Property.M)) {
        return Optional.of(Reason.MALLEABLE);
      }
      boolean limited = !Limits.isAllowed(known.bounds(), type, context);
      boolean insane = limited || !type.is(Property.UNMIXED) || known.keys().hasDuplicates();
      if (insane && position == expression.root() && !type.is(Property.S)) {
        return Optional.of(Reason.NO_SIGNATURE);
      }
      if (!type.is(Property.UNMIXED)) {
        return Optional.of(Reason.MIXED_LOCKS);
      }
      if (known.keys().hasDuplicates()) {
        return Optional.of(Reason.DUPLICATE_KEYS);
      }
      return limited ? Optional.of(Reason.LIMITS) : Optional.empty();
    }

    private Optional<Insanity> because(Reason reason, int position) {
      List<String> keys = miniscript.keys().stream().map(Object::toString).toList();
      return Optional.of(
          new Insanity(reason, new MiniscriptWriter(expression, keys).write(position)));
    }
  }
}
