package org.farthing.node.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * A message in a file of captured ones, in Bitcoin Core's format: eight bytes of time, twelve of
 * the command, filled with zeros, four of the payload's length, and the payload; numbers are
 * little-endian.
 *
 * @param timeMicros since 1970
 */
public record CapturedMessage(long timeMicros, String command, ByteString payload) {
  /** The bytes before the payload. */
  public static final int HEADER_SIZE = Long.BYTES + FrameHeader.COMMAND_SIZE + Integer.BYTES;

  /**
   * Reads the next one.
   *
   * @throws DecodeException if the file ends within it
   */
  public static CapturedMessage read(ByteReader in) throws DecodeException {
    long timeMicros = in.int64();
    String padded = new String(in.bytes(FrameHeader.COMMAND_SIZE), StandardCharsets.ISO_8859_1);
    int end = padded.indexOf('\0');
    String command = end < 0 ? padded : padded.substring(0, end);
    long length = in.uint32();
    if (length > in.remaining()) {
      throw new DecodeException("cut short within " + CleanText.of(command));
    }
    return new CapturedMessage(timeMicros, command, ByteString.of(in.bytes((int) length)));
  }

  /** Writes one. */
  public static void write(ByteWriter out, long timeMicros, String command, byte[] payload) {
    out.int64(timeMicros);
    byte[] name = command.getBytes(StandardCharsets.ISO_8859_1);
    out.bytes(Arrays.copyOf(name, FrameHeader.COMMAND_SIZE));
    out.int32(payload.length);
    out.bytes(payload);
  }

  /** The command, as it may be shown. */
  public String shownCommand() {
    return CleanText.of(command);
  }

  /**
   * What it says.
   *
   * @throws DecodeException if the payload is none of such a message
   */
  public Message message() throws DecodeException {
    return MessageCodec.decode(command, payload.toByteArray());
  }
}
