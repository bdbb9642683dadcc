package org.farthing.wallet.spend;

import java.util.Comparator;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Taproot;

/**
 * A script in the tree of a taproot output (BIP-0341).
 *
 * @param version of the leaf, an even byte: {@link Taproot#LEAF_TAPSCRIPT} for tapscript
 */
public record LeafScript(ByteString script, int version) implements Comparable<LeafScript> {
  /** The order of the control blocks of one script: the first makes the smallest witness. */
  public static final Comparator<ByteString> SHORTEST_FIRST =
      Comparator.comparingInt(ByteString::size).thenComparing(Comparator.naturalOrder());

  private static final Comparator<LeafScript> ORDER =
      Comparator.comparing(LeafScript::script).thenComparing(LeafScript::version);

  /** A tapscript (BIP-0342). */
  public static LeafScript tapscript(Script script) {
    return new LeafScript(ByteString.of(script.toByteArray()), Taproot.LEAF_TAPSCRIPT);
  }

  public Script toScript() {
    return Script.of(script.toByteArray());
  }

  /** The hash of the leaf: 32 bytes. */
  public ByteString hash() {
    return ByteString.of(Taproot.leafHash(version, toScript()));
  }

  @Override
  public int compareTo(LeafScript other) {
    return ORDER.compare(this, other);
  }
}
