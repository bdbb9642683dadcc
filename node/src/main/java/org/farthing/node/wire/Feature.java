package org.farthing.node.wire;

import java.nio.charset.StandardCharsets;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * The sender knows an optional feature (BIP-0434). Belongs between version and verack, to peers
 * that speak {@link #PROTOCOL} or later.
 *
 * @param name of the feature, 4 to 80 characters, one for each byte; may hold anything
 * @param data what the feature wants to say, at most 512 bytes
 */
public record Feature(String name, ByteString data) implements Message {
  /** The version of the protocol from which on it may be sent. */
  public static final int PROTOCOL = 70017;

  private static final int MIN_NAME = 4;
  private static final int MAX_NAME = 80;
  private static final int MAX_DATA = 512;

  static Feature read(ByteReader in) throws DecodeException {
    byte[] name = in.varBytes();
    byte[] data = in.varBytes();
    if (name.length < MIN_NAME || name.length > MAX_NAME) {
      throw new DecodeException("name of a feature with " + name.length + " bytes");
    }
    if (data.length > MAX_DATA) {
      throw new DecodeException("feature with " + data.length + " bytes of data");
    }
    in.expectEnd();
    return new Feature(new String(name, StandardCharsets.ISO_8859_1), ByteString.of(data));
  }

  @Override
  public MessageType type() {
    return MessageType.FEATURE;
  }

  @Override
  public int sizeHint() {
    return name.length() + data.size() + 4;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.varBytes(name.getBytes(StandardCharsets.ISO_8859_1)).compactSize(data.size());
    data.writeTo(out);
  }

  /** The name, with nothing in it that could confuse a reader. */
  public String cleanName() {
    return CleanText.of(name);
  }
}
