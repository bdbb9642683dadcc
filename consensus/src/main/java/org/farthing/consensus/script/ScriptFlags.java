package org.farthing.consensus.script;

import java.util.Arrays;
import java.util.stream.Collectors;

/** An immutable set of {@link ScriptFlag}. */
public final class ScriptFlags {
  public static final ScriptFlags NONE = new ScriptFlags(0);

  /** All rules that blocks must keep today. */
  public static final ScriptFlags MANDATORY =
      of(
          ScriptFlag.P2SH,
          ScriptFlag.DERSIG,
          ScriptFlag.NULLDUMMY,
          ScriptFlag.CHECKLOCKTIMEVERIFY,
          ScriptFlag.CHECKSEQUENCEVERIFY,
          ScriptFlag.WITNESS,
          ScriptFlag.TAPROOT);

  /** What a transaction must keep to be relayed: all rules, but SIGPUSHONLY (checked apart). */
  public static final ScriptFlags STANDARD =
      of(ScriptFlag.values()).without(ScriptFlag.SIGPUSHONLY);

  private final int bits;

  private ScriptFlags(int bits) {
    this.bits = bits;
  }

  public static ScriptFlags of(ScriptFlag... flags) {
    int bits = 0;
    for (ScriptFlag flag : flags) {
      bits |= bit(flag);
    }
    return new ScriptFlags(bits);
  }

  public boolean has(ScriptFlag flag) {
    return (bits & bit(flag)) != 0;
  }

  public ScriptFlags with(ScriptFlag flag) {
    return new ScriptFlags(bits | bit(flag));
  }

  public ScriptFlags without(ScriptFlag flag) {
    return new ScriptFlags(bits & ~bit(flag));
  }

  /** Those of this set and of {@code other}. */
  public ScriptFlags union(ScriptFlags other) {
    return new ScriptFlags(bits | other.bits);
  }

  /** Those of this set that are not in {@code other}. */
  public ScriptFlags minus(ScriptFlags other) {
    return new ScriptFlags(bits & ~other.bits);
  }

  /** Whether any of {@code other} is in this set. */
  boolean intersects(ScriptFlags other) {
    return (bits & other.bits) != 0;
  }

  // The bits never leave this object, so the order of the constants means nothing.
  @SuppressWarnings("EnumOrdinal")
  private static int bit(ScriptFlag flag) {
    return 1 << flag.ordinal();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScriptFlags that && bits == that.bits;
  }

  @Override
  public int hashCode() {
    return bits;
  }

  /** Names with commas between, as in Bitcoin Core's test vectors; {@code NONE} for none. */
  @Override
  public String toString() {
    return bits == 0
        ? "NONE"
        : Arrays.stream(ScriptFlag.values())
            .filter(this::has)
            .map(ScriptFlag::name)
            .collect(Collectors.joining(","));
  }
}
