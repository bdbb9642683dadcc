package org.farthing.wallet.miniscript;

import java.util.List;

/**
 * What is known of an expression without looking at keys, hashes and times (BIP-0379, type system).
 *
 * @param bits one for each {@link Property}
 */
record Type(int bits) {
  /** Of an expression that is composed against the rules. */
  static final Type INVALID = new Type(0);

  /** Exactly one of the first four holds; the letters are the BIP's. */
  enum Property {
    /** Base: takes from the top of the stack, pushes a number: zero when dissatisfied. */
    B,
    /** Verify: pushes nothing, or fails. */
    V,
    /** Key: pushes a public key, for a signature check that follows. */
    K,
    /** Wrapped: takes from below the top. */
    W,
    /** Takes nothing from the stack. */
    Z,
    /** Takes one item. */
    O,
    /** No satisfaction needs a zero on top. */
    N,
    /** Can be dissatisfied by anybody. */
    D,
    /** Pushes exactly one when satisfied. */
    U,
    /** Has one unique dissatisfaction without signature. */
    E,
    /** Each dissatisfaction has a signature. */
    F,
    /** Each satisfaction has a signature. */
    S,
    /** Can be satisfied so that nobody else can change the witness. */
    M,
    /** The last opcode has no form that verifies too, so that {@code v:} costs one. */
    X,
    /** Has a relative lock by time. */
    G,
    /** Has a relative lock by height. */
    H,
    /** Has an absolute lock by time. */
    I,
    /** Has an absolute lock by height. */
    J,
    /** No way to satisfy it needs locks of the same kind by time and by height. */
    UNMIXED
  }

  static final List<Property> BASES = List.of(Property.B, Property.V, Property.K, Property.W);

  static final List<Property> LOCKS = List.of(Property.G, Property.H, Property.I, Property.J);

  boolean is(Property property) {
    return (bits & 1 << property.ordinal()) != 0;
  }

  boolean is(Property one, Property other) {
    return is(one) && is(other);
  }

  boolean is(Property one, Property two, Property three) {
    return is(one) && is(two) && is(three);
  }

  boolean isValid() {
    return BASES.stream().anyMatch(this::is);
  }

  static Type of(Property... properties) {
    Type type = INVALID;
    for (Property property : properties) {
      type = type.with(property, true);
    }
    return type;
  }

  Type with(Property property, boolean holds) {
    return holds ? new Type(bits | 1 << property.ordinal()) : this;
  }

  /** With those of these properties that the other type has. */
  Type withFrom(Type other, Property... properties) {
    Type type = this;
    for (Property property : properties) {
      type = type.with(property, other.is(property));
    }
    return type;
  }

  /** The properties that both have. */
  Type and(Type other) {
    return new Type(bits & other.bits);
  }

  /** The properties that either has. */
  Type or(Type other) {
    return new Type(bits | other.bits);
  }

  /** Whether satisfying both needs locks of the same kind by time and by height. */
  boolean mixesWith(Type other) {
    return mixes(other, Property.G, Property.H) || mixes(other, Property.I, Property.J);
  }

  private boolean mixes(Type other, Property byTime, Property byHeight) {
    return (is(byTime) && other.is(byHeight)) || (is(byHeight) && other.is(byTime));
  }

  /** The locks of a type alone. */
  Type locks() {
    Type type = INVALID;
    for (Property lock : LOCKS) {
      type = type.withFrom(this, lock);
    }
    return type;
  }
}
