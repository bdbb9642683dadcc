package org.farthing.node.app;

import java.util.Arrays;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.node.peer.UnsupportedBookException;

/**
 * What small files of a node have around them, as in Bitcoin Core: the magic of the network before,
 * and the double SHA-256 of everything behind.
 */
final class Sealed {
  private static final String END = "AutoFile::read: end of file: iostream error";

  private Sealed() {}

  /** Reads what is inside. */
  @FunctionalInterface
  interface Content {
    void read(ByteReader in) throws DecodeException, UnsupportedBookException;
  }

  static byte[] seal(int magic, byte[] content) {
    byte[] before =
        new ByteWriter(Integer.BYTES + content.length)
            .int32(Integer.reverseBytes(magic))
            .bytes(content)
            .toByteArray();
    return new ByteWriter(before.length + Sha256.SIZE)
        .bytes(before)
        .bytes(Sha256.doubleHash(before))
        .toByteArray();
  }

  /**
   * @throws DecodeException with the reason in Bitcoin Core's words
   */
  static void open(int magic, byte[] file, Content content)
      throws DecodeException, UnsupportedBookException {
    ByteReader in = new ByteReader(file);
    require(in, Integer.BYTES);
    if (in.int32() != Integer.reverseBytes(magic)) {
      throw new DecodeException("Invalid network magic number");
    }
    content.read(in);
    require(in, Sha256.SIZE);
    byte[] wanted = Sha256.doubleHash(file, 0, in.position());
    if (!Arrays.equals(wanted, in.bytes(Sha256.SIZE))) {
      throw new DecodeException("Checksum mismatch, data corrupted");
    }
  }

  private static void require(ByteReader in, int bytes) throws DecodeException {
    if (in.remaining() < bytes) {
      throw new DecodeException(END);
    }
  }
}
