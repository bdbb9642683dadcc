package org.farthing.node.simulation.adversary;

import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.FrameHeader;
import org.farthing.node.wire.Headers;
import org.farthing.node.wire.InvItem;
import org.farthing.node.wire.Message;
import org.farthing.node.wire.MessageType;
import org.farthing.node.wire.TimedAddress;
import org.farthing.node.wire.UnknownMessage;

/**
 * What no encoder writes: noise under each command, lists that end too early or claim to be endless
 * or are longer than allowed, commands that nobody knows, messages larger than any.
 */
final class Malformed extends Adversary {
  private static final int KINDS = 6;
  private static final int NOISE = 200;
  private static final int LARGE = 100_000;

  /** Megabytes, and always the same: they are made once. */
  private static final Message TOO_LARGE =
      new UnknownMessage("nonsense", new byte[FrameHeader.MAX_PAYLOAD + 1]);

  private static final List<Message> TOO_LONG =
      List.of(
          list("inv", InvItem.MAX_ITEMS + 1, 36),
          list("headers", Headers.MAX_HEADERS + 1, 81),
          list("addr", TimedAddress.MAX_ADDRESSES + 1, 30));

  Malformed(Means means) {
    super(means);
  }

  @Override
  void act(Connection connection) {
    connection.send(something(random().nextInt(KINDS)));
  }

  private Message something(int kind) {
    return switch (kind) {
      case 0 -> new UnknownMessage(anyCommand(), randomBytes(random().nextInt(NOISE)));
      case 1 -> new UnknownMessage("inv", new byte[] {3, 1});
      case 2 -> new UnknownMessage(anyCommand(), endless());
      case 3 -> TOO_LONG.get(random().nextInt(TOO_LONG.size()));
      case 4 -> new UnknownMessage("nonsense", randomBytes(LARGE));
      default -> TOO_LARGE;
    };
  }

  private String anyCommand() {
    MessageType[] types = MessageType.values();
    MessageType type = types[random().nextInt(types.length)];
    return type == MessageType.OTHER ? "nonsense" : type.command();
  }

  /** A list of 2^64-1 elements, none of which is there. */
  private static byte[] endless() {
    return new ByteWriter().uint8(0xff).int64(-1).toByteArray();
  }

  private static Message list(String command, int count, int size) {
    ByteWriter out = new ByteWriter().compactSize(count).bytes(new byte[count * size]);
    return new UnknownMessage(command, out.toByteArray());
  }
}
