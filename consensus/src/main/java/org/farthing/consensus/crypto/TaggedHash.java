package org.farthing.consensus.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.farthing.consensus.bytes.ByteWriter;

/**
 * SHA-256 with a tag that separates its uses: {@code SHA256(SHA256(tag) ‖ SHA256(tag) ‖ data)}
 * (BIP-0340).
 */
public final class TaggedHash {
  private final MessageDigest midstate;

  public TaggedHash(String tag) {
    byte[] tagHash = Sha256.hash(tag.getBytes(StandardCharsets.UTF_8));
    midstate = Sha256.newDigest();
    midstate.update(tagHash);
    midstate.update(tagHash);
  }

  /** A digest that has taken in the tag and waits for data. */
  public MessageDigest newDigest() {
    return Sha256.copy(midstate);
  }

  public byte[] hash(byte[] data) {
    return newDigest().digest(data);
  }

  /** The hash of what was written. */
  public byte[] hash(ByteWriter written) {
    MessageDigest digest = newDigest();
    written.feed(digest);
    return digest.digest();
  }
}
