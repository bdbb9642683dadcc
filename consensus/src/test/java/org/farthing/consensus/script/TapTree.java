package org.farthing.consensus.script;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.Script;

/** A tree of scripts (BIP-0341), for tests that build taproot outputs. */
sealed interface TapTree {
  /** The root: 32 bytes. */
  byte[] hash();

  /** The leaves from left to right, each with its way to the root. */
  List<Path> paths();

  /**
   * One script.
   *
   * @param version an even number below 256
   */
  record Leaf(int version, Script script) implements TapTree {
    @Override
    public byte[] hash() {
      return Taproot.leafHash(version, script);
    }

    @Override
    public List<Path> paths() {
      return List.of(new Path(this, List.of()));
    }
  }

  /** Two subtrees. */
  record Branch(TapTree left, TapTree right) implements TapTree {
    @Override
    public byte[] hash() {
      return Taproot.branchHash(left.hash(), right.hash());
    }

    @Override
    public List<Path> paths() {
      List<Path> paths = new ArrayList<>();
      left.paths().forEach(path -> paths.add(path.below(right.hash())));
      right.paths().forEach(path -> paths.add(path.below(left.hash())));
      return paths;
    }
  }

  /**
   * A leaf and the hashes of the nodes beside its way to the root, the deepest first.
   *
   * @param siblings 32 bytes each
   */
  record Path(Leaf leaf, List<byte[]> siblings) {
    private Path below(byte[] sibling) {
      List<byte[]> longer = new ArrayList<>(siblings);
      longer.add(sibling);
      return new Path(leaf, longer);
    }

    /**
     * What a witness shows to spend by this leaf.
     *
     * @param internalKey 32 bytes, x-only
     * @param outputKey 33 bytes; see {@link Taproot#outputKey}
     */
    byte[] controlBlock(byte[] internalKey, byte[] outputKey) {
      ByteWriter out = new ByteWriter().uint8(leaf.version() | (outputKey[0] & 1));
      out.bytes(internalKey);
      siblings.forEach(out::bytes);
      return out.toByteArray();
    }
  }

  /** The x-only key, 32 bytes, in a compressed key of 33. */
  static byte[] xOnly(byte[] compressed) {
    return Arrays.copyOfRange(compressed, 1, 33);
  }
}
