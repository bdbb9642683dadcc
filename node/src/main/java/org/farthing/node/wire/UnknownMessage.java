package org.farthing.node.wire;

import java.util.Arrays;
import org.farthing.consensus.bytes.ByteWriter;

/** A message that is carried without being looked into: its command and its payload. */
public final class UnknownMessage implements Message {
  private final String command;
  private final byte[] payload;

  /** Takes the array over: nobody may change it afterwards. */
  public UnknownMessage(String command, byte[] payload) {
    this.command = FrameHeader.requireCommand(command);
    this.payload = payload;
  }

  @Override
  public MessageType type() {
    return MessageType.of(command);
  }

  @Override
  public String command() {
    return command;
  }

  /** The length of the payload in bytes. */
  public int size() {
    return payload.length;
  }

  @Override
  public int sizeHint() {
    return payload.length;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.bytes(payload);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnknownMessage that
        && command.equals(that.command)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return 31 * command.hashCode() + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return "UnknownMessage[" + command + ", " + payload.length + " bytes]";
  }
}
