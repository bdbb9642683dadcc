package org.farthing.node.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.crypto.Sha256;

/**
 * The 24 bytes before each payload of the unencrypted protocol.
 *
 * @param magic of the network, in one big-endian number
 * @param command twelve characters without the zeros at their end; see {@link #hasValidCommand}
 * @param length of the payload in bytes, an unsigned 32-bit number
 * @param checksum the first four bytes of the payload's double SHA-256, in one big-endian number
 */
public record FrameHeader(int magic, String command, long length, int checksum) {
  /** The length in bytes. */
  public static final int SIZE = 24;

  /** The longest payload in bytes, as in Bitcoin Core. */
  public static final int MAX_PAYLOAD = 4_000_000;

  /** Of the command, padded with zeros. */
  public static final int COMMAND_SIZE = 12;

  /** The header that belongs before {@code payload}. */
  public static FrameHeader of(int magic, String command, byte[] payload) {
    return new FrameHeader(
        magic, requireCommand(command), payload.length, checksum(payload, payload.length));
  }

  public static FrameHeader read(ByteReader in) throws DecodeException {
    int magic = Integer.reverseBytes(in.int32());
    String command = parseCommand(in.bytes(COMMAND_SIZE));
    long length = in.uint32();
    return new FrameHeader(magic, command, length, Integer.reverseBytes(in.int32()));
  }

  public void writeTo(ByteWriter out) {
    out.int32(Integer.reverseBytes(magic));
    out.bytes(Arrays.copyOf(command.getBytes(StandardCharsets.US_ASCII), COMMAND_SIZE));
    out.uint32(length).int32(Integer.reverseBytes(checksum));
  }

  /** Printable characters, which only zeros may follow. */
  public boolean hasValidCommand() {
    return command.chars().allMatch(each -> each >= ' ' && each <= '~');
  }

  /** The command up to its first zero, without characters that could do harm in a log. */
  public String cleanCommand() {
    int end = command.indexOf(0);
    return CleanText.of(end < 0 ? command : command.substring(0, end));
  }

  /** That of the first {@code size} bytes of {@code payload}. */
  public static int checksum(byte[] payload, int size) {
    byte[] hash = Sha256.doubleHash(payload, 0, size);
    return (hash[0] & 0xff) << 24
        | (hash[1] & 0xff) << 16
        | (hash[2] & 0xff) << 8
        | (hash[3] & 0xff);
  }

  private static String parseCommand(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == 0) {
      length--;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  static String requireCommand(String command) {
    boolean printable = command.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (!printable || command.length() > COMMAND_SIZE) {
      throw new IllegalArgumentException("not a command: '" + command + "'");
    }
    return command;
  }
}
