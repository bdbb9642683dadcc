package org.farthing.wallet.psbt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;

/** A partially signed transaction written field by field, right or wrong. */
final class RawPsbt {
  final Fields global = new Fields();
  final List<Fields> inputs = new ArrayList<>();
  final List<Fields> outputs = new ArrayList<>();

  /** The fields of a map in hexadecimal digits. */
  static final class Fields {
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<String> repeated = new ArrayList<>();

    Fields put(String key, String value) {
      fields.put(key, value);
      return this;
    }

    Map<String, String> fields() {
      return fields;
    }

    Fields remove(String key) {
      fields.remove(key);
      return this;
    }

    /** Writes a field once more. */
    Fields repeat(String key) {
      repeated.add(key);
      return this;
    }

    private void writeTo(ByteWriter out) {
      fields.forEach((key, value) -> write(out, key, value));
      repeated.forEach(key -> write(out, key, fields.get(key)));
      out.uint8(0);
    }

    private static void write(ByteWriter out, String key, String value) {
      out.varBytes(Hex.constant(key)).varBytes(Hex.constant(value));
    }
  }

  /** One input and one output, version 0. */
  static RawPsbt version0() {
    RawPsbt raw = new RawPsbt();
    raw.global.put(
        "00",
        "02000000"
            + "01"
            + "aa".repeat(32)
            + "01000000"
            + "00"
            + "fdffffff"
            + "01"
            + "e803000000000000"
            + "0151"
            + "00000000");
    raw.inputs.add(new Fields());
    raw.outputs.add(new Fields());
    return raw;
  }

  /** The same in version 2. */
  static RawPsbt version2() {
    RawPsbt raw = new RawPsbt();
    raw.global
        .put("02", "02000000")
        .put("03", "00000000")
        .put("04", "01")
        .put("05", "01")
        .put("fb", "02000000");
    raw.inputs.add(
        new Fields().put("0e", "aa".repeat(32)).put("0f", "01000000").put("10", "fdffffff"));
    raw.outputs.add(new Fields().put("03", "e803000000000000").put("04", "51"));
    return raw;
  }

  Fields input() {
    return inputs.get(0);
  }

  Fields output() {
    return outputs.get(0);
  }

  byte[] bytes() {
    ByteWriter out = new ByteWriter().bytes(Hex.constant("70736274ff"));
    global.writeTo(out);
    inputs.forEach(fields -> fields.writeTo(out));
    outputs.forEach(fields -> fields.writeTo(out));
    return out.toByteArray();
  }

  Psbt read() throws DecodeException {
    return PsbtCodec.decode(bytes());
  }

  static ByteString bytes(String hex) {
    return ByteString.of(Hex.constant(hex));
  }
}
