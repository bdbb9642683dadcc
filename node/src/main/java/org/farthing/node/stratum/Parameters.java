package org.farthing.node.stratum;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;

/** The parameters of a request, by position. */
final class Parameters {
  private final JsonNode values;

  Parameters(JsonNode values) {
    this.values = values;
  }

  boolean has(int index) {
    return values.hasNonNull(index);
  }

  JsonNode get(int index) {
    return values.path(index);
  }

  String text(int index, String name) throws StratumException {
    if (!values.path(index).isTextual()) {
      throw StratumException.other(name + " is to be a text");
    }
    return values.get(index).textValue();
  }

  /** A number of 32 bits in eight hexadecimal digits. */
  int int32(int index, String name) throws StratumException {
    return int32(text(index, name), name);
  }

  static int int32(String digits, String name) throws StratumException {
    if (!digits.matches("[0-9a-fA-F]{8}")) {
      throw StratumException.other(name + " is to have eight hexadecimal digits");
    }
    return Integer.parseUnsignedInt(digits, 16);
  }

  byte[] bytes(int index, int size, String name) throws StratumException {
    try {
      byte[] bytes = Hex.decode(text(index, name));
      if (bytes.length == size) {
        return bytes;
      }
    } catch (DecodeException e) {
      // Said below, as where there are too few or too many.
    }
    throw StratumException.other(name + " is to have " + 2 * size + " hexadecimal digits");
  }

  /** A difficulty that there is a target for. */
  static double difficulty(JsonNode value) throws StratumException {
    double difficulty = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(difficulty > 0 && difficulty < Double.POSITIVE_INFINITY)) {
      throw StratumException.other("A difficulty is to be a positive number");
    }
    return Math.max(ShareTarget.LEAST, difficulty);
  }

  /** The difficulty of a target in hexadecimal digits, the highest first. */
  double difficultyOfTarget(int index) throws StratumException {
    String digits = text(index, "The target");
    if (!digits.matches("[0-9a-fA-F]{1,64}") || digits.matches("0+")) {
      throw StratumException.other("A target is to have up to 64 hexadecimal digits");
    }
    return Math.max(ShareTarget.LEAST, ShareTarget.ofTarget(new BigInteger(digits, 16)));
  }
}
