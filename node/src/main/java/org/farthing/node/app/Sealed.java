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
        new ByteWriter(Integer.BYTES + content.length + Sha256.SIZE)
            .bytes(magicBytes(magic))
            .bytes(content)
            .toByteArray();
    return new ByteWriter().bytes(before).bytes(Sha256.doubleHash(before)).toByteArray();
  }

  /**
   * @throws DecodeException with the reason in Bitcoin Core's words
   */
  static void open(int magic, byte[] file, Content content)
      throws DecodeException, UnsupportedBookException {
    if (file.length < Integer.BYTES) {
      throw new DecodeException(END);
    }
    if (!Arrays.equals(Arrays.copyOf(file, Integer.BYTES), magicBytes(magic))) {
      throw new DecodeException("Invalid network magic number");
    }
    int end = file.length - Sha256.SIZE;
    ByteReader in = new ByteReader(file, Integer.BYTES, file.length - Integer.BYTES);
    content.read(in);
    int read = file.length - in.remaining();
    if (read > end) {
      throw new DecodeException(END);
    }
    byte[] wanted = Sha256.doubleHash(file, 0, read);
    if (!Arrays.equals(wanted, in.bytes(Sha256.SIZE))) {
      throw new DecodeException("Checksum mismatch, data corrupted");
    }
  }

  private static byte[] magicBytes(int magic) {
    return new byte[] {
      (byte) (magic >>> 24), (byte) (magic >>> 16), (byte) (magic >>> 8), (byte) magic
    };
  }
}
