package org.farthing.wallet.miniscript;

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
    B(1 << 0),
    /** Verify: pushes nothing, or fails. */
    V(1 << 1),
    /** Key: pushes a public key, for a signature check that follows. */
    K(1 << 2),
    /** Wrapped: takes from below the top. */
    W(1 << 3),
    /** Takes nothing from the stack. */
    Z(1 << 4),
    /** Takes one item. */
    O(1 << 5),
    /** No satisfaction needs a zero on top. */
    N(1 << 6),
    /** Can be dissatisfied by anybody. */
    D(1 << 7),
    /** Pushes exactly one when satisfied. */
    U(1 << 8),
    /** Has one unique dissatisfaction without signature. */
    E(1 << 9),
    /** Each dissatisfaction has a signature. */
    F(1 << 10),
    /** Each satisfaction has a signature. */
    S(1 << 11),
    /** Can be satisfied so that nobody else can change the witness. */
    M(1 << 12),
    /** The last opcode has no form that verifies too, so that {@code v:} costs one. */
    X(1 << 13),
    /** Has a relative lock by time. */
    G(1 << 14),
    /** Has a relative lock by height. */
    H(1 << 15),
    /** Has an absolute lock by time. */
    I(1 << 16),
    /** Has an absolute lock by height. */
    J(1 << 17),
    /** No way to satisfy it needs locks of the same kind by time and by height. */
    UNMIXED(1 << 18);

    private final int bit;

    Property(int bit) {
      this.bit = bit;
    }
  }

  private static final Type BASES = of(Property.B, Property.V, Property.K, Property.W);
  private static final Type LOCKS = of(Property.G, Property.H, Property.I, Property.J);

  boolean is(Property property) {
    return (bits & property.bit) != 0;
  }

  boolean is(Property one, Property other) {
    return is(one) && is(other);
  }

  boolean is(Property one, Property two, Property three) {
    return is(one) && is(two) && is(three);
  }

  boolean isValid() {
    return (bits & BASES.bits) != 0;
  }

  static Type of(Property... properties) {
    return new Type(bits(properties));
  }

  Type with(Property property, boolean holds) {
    return holds ? new Type(bits | property.bit) : this;
  }

  /** With those of these properties that the other type has. */
  Type withFrom(Type other, Property... properties) {
    return new Type(bits | (other.bits & bits(properties)));
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
    return and(LOCKS);
  }

  private static int bits(Property... properties) {
    int bits = 0;
    for (Property property : properties) {
      bits |= property.bit;
    }
    return bits;
  }
}
