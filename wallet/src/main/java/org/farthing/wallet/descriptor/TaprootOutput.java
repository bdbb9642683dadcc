package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.Taproot;

/** What a taproot output commits to (BIP-0341): an internal key, and the leaves of a tree. */
public final class TaprootOutput {
  private final byte[] internalKey;
  private final byte[] merkleRoot;
  private final List<Leaf> leaves;

  private TaprootOutput(byte[] internalKey, byte[] merkleRoot, List<Leaf> leaves) {
    this.internalKey = internalKey;
    this.merkleRoot = merkleRoot;
    this.leaves = List.copyOf(leaves);
  }

  /** What the output of a descriptor commits to at an index. */
  public static TaprootOutput of(ScriptExpression.Tr descriptor, int index) {
    return new TaprootOutput(
        SingleKey.xOnly(descriptor.internal().publicKey(index)),
        descriptor.tree().map(tree -> tree.hashAt(index)).orElse(new byte[0]),
        descriptor.tree().map(tree -> tree.leavesAt(index)).orElse(List.of()));
  }

  /** 32 bytes, x-only. */
  public byte[] internalKey() {
    return internalKey.clone();
  }

  /** 32 bytes; empty where there is no tree. */
  public byte[] merkleRoot() {
    return merkleRoot.clone();
  }

  /** 33 bytes: the parity, and the x-only key that stands in the output. */
  public byte[] outputKey() {
    return Taproot.outputKey(internalKey, merkleRoot);
  }

  public List<Leaf> leaves() {
    return leaves;
  }

  /** What an input that spends by this leaf reveals last: parity, internal key, and path. */
  public byte[] controlBlock(Leaf leaf) {
    int parity = outputKey()[0] & 1;
    ByteWriter out = new ByteWriter();
    out.uint8(Taproot.LEAF_TAPSCRIPT | parity).bytes(internalKey);
    leaf.path.forEach(out::bytes);
    return out.toByteArray();
  }

  /** A script of the tree. */
  public static final class Leaf {
    private final Script script;
    private final List<byte[]> path;

    private Leaf(Script script, List<byte[]> path) {
      this.script = script;
      this.path = path;
    }

    /** A leaf that is the whole tree. */
    static Leaf of(Script script) {
      return new Leaf(script, List.of());
    }

    /** The leaf one level deeper, beside a subtree with this hash. */
    Leaf under(byte[] sibling) {
      List<byte[]> longer = new ArrayList<>(path);
      longer.add(sibling);
      return new Leaf(script, longer);
    }

    /** A tapscript (BIP-0342). */
    public Script script() {
      return script;
    }

    /** 32 bytes, which a signature covers. */
    public byte[] hash() {
      return Taproot.leafHash(Taproot.LEAF_TAPSCRIPT, script);
    }

    /** The number of nodes between the leaf and the root. */
    public int depth() {
      return path.size();
    }
  }
}
