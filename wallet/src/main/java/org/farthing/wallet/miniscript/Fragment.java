package org.farthing.wallet.miniscript;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;

/**
 * What a miniscript is composed of (BIP-0379), without the parts below it. What is only another way
 * to write something ({@code pk}, {@code and_n}, {@code t:} …) is none of its own.
 */
sealed interface Fragment {
  Kind kind();

  /** The number of subexpressions. */
  default int parts() {
    return kind().parts;
  }

  /** The fragments by name. */
  enum Kind {
    FALSE("0", 0),
    TRUE("1", 0),
    PK_K("pk_k", 0),
    PK_H("pk_h", 0),
    OLDER("older", 0),
    AFTER("after", 0),
    SHA256("sha256", 0),
    HASH256("hash256", 0),
    RIPEMD160("ripemd160", 0),
    HASH160("hash160", 0),
    WRAP_A("a", 1),
    WRAP_S("s", 1),
    WRAP_C("c", 1),
    WRAP_D("d", 1),
    WRAP_V("v", 1),
    WRAP_J("j", 1),
    WRAP_N("n", 1),
    AND_V("and_v", 2),
    AND_B("and_b", 2),
    OR_B("or_b", 2),
    OR_C("or_c", 2),
    OR_D("or_d", 2),
    OR_I("or_i", 2),
    ANDOR("andor", 3),
    THRESH("thresh", 0),
    MULTI("multi", 0),
    MULTI_A("multi_a", 0);

    private final String text;
    private final int parts;

    Kind(String text, int parts) {
      this.text = text;
      this.parts = parts;
    }

    /** As it is written: before a bracket, or, of a wrapper, before a colon. */
    String text() {
      return text;
    }

    boolean isWrapper() {
      return parts == 1;
    }

    /** Those whose arguments are subexpressions only. */
    boolean isCombinator() {
      return parts > 1;
    }

    Optional<HashType> hashType() {
      return switch (this) {
        case SHA256, HASH256, RIPEMD160, HASH160 -> Optional.of(HashType.valueOf(name()));
        default -> Optional.empty();
      };
    }
  }

  /** One without arguments of its own: constants, wrappers, and what combines subexpressions. */
  record Plain(Kind kind) implements Fragment {
    private static final Map<Kind, Plain> ALL = new EnumMap<>(Kind.class);

    static {
      for (Kind kind : Kind.values()) {
        ALL.put(kind, new Plain(kind));
      }
    }

    static final Plain FALSE = of(Kind.FALSE);
    static final Plain TRUE = of(Kind.TRUE);

    /** A long script has thousands that are the same. */
    static Plain of(Kind kind) {
      return ALL.get(kind);
    }
  }

  /**
   * Wants the signature of a key.
   *
   * @param key index among the keys of the expression
   */
  record Key(Kind kind, int key) implements Fragment {}

  /**
   * A time lock.
   *
   * @param value from 1 to 2^31 - 1
   */
  record Lock(Kind kind, int value) implements Fragment {}

  /** Wants what hashes to a value. */
  record Hash(Kind kind, ByteString hash) implements Fragment {
    HashType type() {
      return kind.hashType().orElseThrow();
    }
  }

  /** Wants so many of its parts. */
  record Thresh(int required, @Override int parts) implements Fragment {
    @Override
    public Kind kind() {
      return Kind.THRESH;
    }
  }

  /**
   * Wants signatures of several keys.
   *
   * @param firstKey index among the keys of the expression; the others follow
   */
  record Multi(Kind kind, int required, int firstKey, int keyCount) implements Fragment {}

  /** The wrapper of a letter, if it is one that is a fragment. */
  static Optional<Plain> wrapper(char letter) {
    for (Kind kind : Kind.values()) {
      if (kind.isWrapper() && kind.text.charAt(0) == letter) {
        return Optional.of(Plain.of(kind));
      }
    }
    return Optional.empty();
  }
}
