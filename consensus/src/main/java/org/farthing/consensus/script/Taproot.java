package org.farthing.consensus.script;

import java.security.MessageDigest;
import java.util.Arrays;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.crypto.TaggedHash;
import org.farthing.consensus.primitives.Script;

/** The commitment of a taproot output to a key and a tree of scripts (BIP-0341). */
public final class Taproot {
  /** The version of leaves that hold tapscript (BIP-0342). */
  public static final int LEAF_TAPSCRIPT = 0xc0;

  /** The bits of a control block's first byte that are the leaf's version. */
  static final int LEAF_MASK = 0xfe;

  /** The first byte of an annex. */
  static final int ANNEX_TAG = 0x50;

  private static final int CONTROL_BASE_SIZE = 1 + Secp256k1.KEY_SIZE;
  private static final int NODE_SIZE = Sha256.SIZE;
  private static final int MAX_DEPTH = 128;

  private static final TaggedHash TAP_LEAF = new TaggedHash("TapLeaf");
  private static final TaggedHash TAP_BRANCH = new TaggedHash("TapBranch");
  private static final TaggedHash TAP_TWEAK = new TaggedHash("TapTweak");

  private Taproot() {}

  /** Whether the last of several items of a witness is an annex. */
  public static boolean isAnnex(byte[] item) {
    return item.length != 0 && item[0] == ANNEX_TAG;
  }

  /** The hash of a leaf of the tree: 32 bytes. */
  public static byte[] leafHash(int leafVersion, Script script) {
    return leafHash(leafVersion, script.toByteArray());
  }

  static byte[] leafHash(int leafVersion, byte[] script) {
    ByteWriter out = new ByteWriter(6 + script.length);
    return TAP_LEAF.hash(out.uint8(leafVersion).varBytes(script).toByteArray());
  }

  /** The hash of two nodes of the tree, in whichever order: 32 bytes. */
  public static byte[] branchHash(byte[] one, byte[] other) {
    boolean ordered = Arrays.compareUnsigned(one, other) < 0;
    MessageDigest digest = TAP_BRANCH.newDigest();
    digest.update(ordered ? one : other);
    return digest.digest(ordered ? other : one);
  }

  /**
   * What is added to an internal key: 32 bytes.
   *
   * @param internalKey 32 bytes, x-only
   * @param merkleRoot the tree's root of 32 bytes, or empty where there is no tree
   */
  public static byte[] tweak(byte[] internalKey, byte[] merkleRoot) {
    MessageDigest digest = TAP_TWEAK.newDigest();
    digest.update(internalKey);
    return digest.digest(merkleRoot);
  }

  /**
   * The key of an output: 33 bytes, of which the last 32 are the x-only key and the first, 2 or 3,
   * tells the parity that a control block wants.
   *
   * @param merkleRoot the tree's root of 32 bytes, or empty where there is no tree
   * @throws IllegalArgumentException if the internal key is not on the curve
   */
  public static byte[] outputKey(byte[] internalKey, byte[] merkleRoot) {
    return Secp256k1.tweakAddXOnly(internalKey, tweak(internalKey, merkleRoot));
  }

  /**
   * The private key of an output: 32 bytes, to be wiped by the caller.
   *
   * @param privateKey the internal one, of 32 bytes
   * @param merkleRoot the tree's root of 32 bytes, or empty where there is no tree
   */
  public static byte[] outputPrivateKey(byte[] privateKey, byte[] merkleRoot) {
    byte[] publicKey = Secp256k1.publicKey(privateKey);
    boolean odd = publicKey[0] != 2;
    byte[] even = odd ? Secp256k1.negatePrivate(privateKey) : privateKey.clone();
    byte[] internalKey = Arrays.copyOfRange(publicKey, 1, publicKey.length);
    try {
      return Secp256k1.tweakAddPrivate(even, tweak(internalKey, merkleRoot));
    } finally {
      Arrays.fill(even, (byte) 0);
    }
  }

  /** Whether a control block has a valid size: one byte, a key, and up to 128 nodes. */
  static boolean isControlSize(int size) {
    return size >= CONTROL_BASE_SIZE
        && size <= CONTROL_BASE_SIZE + MAX_DEPTH * NODE_SIZE
        && (size - CONTROL_BASE_SIZE) % NODE_SIZE == 0;
  }

  /** Whether an output key commits to a leaf by way of a control block of valid size. */
  static boolean commits(byte[] outputKey, byte[] control, byte[] leafHash) {
    byte[] internalKey = Arrays.copyOfRange(control, 1, CONTROL_BASE_SIZE);
    byte[] node = leafHash;
    for (int at = CONTROL_BASE_SIZE; at < control.length; at += NODE_SIZE) {
      node = branchHash(node, Arrays.copyOfRange(control, at, at + NODE_SIZE));
    }
    boolean odd = (control[0] & 1) != 0;
    return Secp256k1.isTweakedXOnly(outputKey, odd, internalKey, tweak(internalKey, node));
  }
}
