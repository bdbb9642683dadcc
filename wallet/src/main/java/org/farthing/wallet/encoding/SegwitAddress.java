package org.farthing.wallet.encoding;

import org.farthing.wallet.encoding.Bech32.Variant;
import org.farthing.wallet.encoding.EncodingException.Reason;

/** A witness version and program in Bech32 (version 0, BIP-0173) or Bech32m (1 to 16, BIP-0350). */
public final class SegwitAddress {
  private static final int MAX_VERSION = 16;

  private final String prefix;
  private final int version;
  private final byte[] program;

  private SegwitAddress(String prefix, int version, byte[] program) {
    this.prefix = prefix;
    this.version = version;
    this.program = program;
  }

  public String prefix() {
    return prefix;
  }

  /** 0 to 16. */
  public int version() {
    return version;
  }

  /** A copy of the 2 to 40 bytes. */
  public byte[] program() {
    return program.clone();
  }

  public static String encode(String prefix, int version, byte[] program) {
    byte[] values = new byte[1 + (program.length * 8 + 4) / 5];
    values[0] = (byte) version;
    int accumulator = 0;
    int bits = 0;
    int at = 1;
    for (byte b : program) {
      accumulator = ((accumulator << 8) | (b & 0xff)) & 0xfff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        values[at++] = (byte) ((accumulator >>> bits) & 31);
      }
    }
    if (bits > 0) {
      values[at] = (byte) ((accumulator << (5 - bits)) & 31);
    }
    return Bech32.encode(prefix, values, version == 0 ? Variant.BECH32 : Variant.BECH32M);
  }

  public static SegwitAddress decode(String text) throws EncodingException {
    Bech32.Decoded decoded = Bech32.decode(text);
    byte[] values = decoded.values();
    if (values.length == 0) {
      throw new EncodingException(Reason.CONTENT, "no witness version");
    }
    int version = values[0];
    if (version > MAX_VERSION) {
      throw new EncodingException(Reason.CONTENT, "witness version " + version + " is above 16");
    }
    if (decoded.variant() != (version == 0 ? Variant.BECH32 : Variant.BECH32M)) {
      throw new EncodingException(
          Reason.CONTENT, "witness version " + version + " with the other version's checksum");
    }
    byte[] program = program(values);
    if (program.length < 2 || program.length > 40) {
      throw new EncodingException(Reason.CONTENT, "a witness program has 2 to 40 bytes");
    }
    if (version == 0 && program.length != 20 && program.length != 32) {
      throw new EncodingException(Reason.CONTENT, "a program of version 0 has 20 or 32 bytes");
    }
    return new SegwitAddress(decoded.prefix(), version, program);
  }

  /**
   * The bytes of all values of five bits but the first, the version, with at most four zero bits of
   * padding.
   */
  public static byte[] program(byte[] values) throws EncodingException {
    byte[] bytes = new byte[(values.length - 1) * 5 / 8];
    int accumulator = 0;
    int bits = 0;
    int at = 0;
    for (int i = 1; i < values.length; i++) {
      accumulator = ((accumulator << 5) | values[i]) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (accumulator >>> bits);
      }
    }
    if (bits >= 5 || (accumulator & ((1 << bits) - 1)) != 0) {
      throw new EncodingException(Reason.CONTENT, "wrong padding");
    }
    return bytes;
  }
}
