package org.farthing.node.transport;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.node.wire.FrameHeader;

/**
 * A message as the contents of an encrypted packet (BIP-0324): a number for its command, or 0 and
 * the command in twelve bytes, then the payload.
 */
final class V2Contents {
  /** The longest contents: with a command in full. */
  static final int MAX_SIZE = 1 + FrameHeader.COMMAND_SIZE + FrameHeader.MAX_PAYLOAD;

  /** The commands with a number (BIP-0324), from 1 on. */
  private static final List<String> NUMBERED =
      List.of(
          "addr",
          "block",
          "blocktxn",
          "cmpctblock",
          "feefilter",
          "filteradd",
          "filterclear",
          "filterload",
          "getblocks",
          "getblocktxn",
          "getdata",
          "getheaders",
          "headers",
          "inv",
          "mempool",
          "merkleblock",
          "notfound",
          "ping",
          "pong",
          "sendcmpct",
          "tx",
          "getcfilters",
          "cfilter",
          "getcfheaders",
          "cfheaders",
          "getcfcheckpt",
          "cfcheckpt",
          "addrv2");

  /** Named later than the others, by BIP-0434; what lies between is not given to anybody. */
  private static final String FEATURE = "feature";

  private static final int FEATURE_NUMBER = 37;

  private static final Map<String, Integer> NUMBERS = numbers();
  private static final Map<Integer, String> COMMANDS =
      NUMBERS.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private V2Contents() {}

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    for (String command : NUMBERED) {
      numbers.put(command, numbers.size() + 1);
    }
    numbers.put(FEATURE, FEATURE_NUMBER);
    return Map.copyOf(numbers);
  }

  static byte[] encode(String command, byte[] payload) {
    Integer number = NUMBERS.get(command);
    int payloadAt = number != null ? 1 : 1 + FrameHeader.COMMAND_SIZE;
    byte[] contents = new byte[payloadAt + payload.length];
    if (number != null) {
      contents[0] = number.byteValue();
    } else {
      byte[] name = command.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(name, 0, contents, 1, name.length);
    }
    System.arraycopy(payload, 0, contents, payloadAt, payload.length);
    return contents;
  }

  /**
   * Reads the command, behind which the payload stands; empty where none is named that there can
   * be.
   */
  static Optional<String> readCommand(ByteReader contents) {
    if (contents.remaining() == 0) {
      return Optional.empty();
    }
    try {
      int number = contents.uint8();
      if (number != 0) {
        return Optional.ofNullable(COMMANDS.get(number));
      }
      return contents.remaining() < FrameHeader.COMMAND_SIZE
          ? Optional.empty()
          : inFull(contents.bytes(FrameHeader.COMMAND_SIZE));
    } catch (DecodeException e) {
      throw new AssertionError("as many bytes are there", e);
    }
  }

  /** Printable characters, then zeros. */
  private static Optional<String> inFull(byte[] name) {
    int length = 0;
    while (length < name.length && name[length] != 0) {
      if (name[length] < ' ') {
        return Optional.empty();
      }
      length++;
    }
    for (int at = length; at < name.length; at++) {
      if (name[at] != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new String(name, 0, length, StandardCharsets.US_ASCII));
  }
}
