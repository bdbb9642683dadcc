package org.farthing.node.rpc.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.Hash256;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;

/** From JSON values to ours, with Bitcoin Core's errors where that fails. */
public final class Read {
  private static final int HASH_DIGITS = 2 * Hash256.SIZE;

  private Read() {}

  /** A whole number of 32 bits. */
  public static int int32(JsonNode value) {
    long number = int64(value);
    if (number != (int) number) {
      throw RpcException.misc("JSON integer out of range");
    }
    return (int) number;
  }

  /** A whole number of 64 bits. */
  public static long int64(JsonNode value) {
    expect(value, ParamType.NUMBER);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw RpcException.misc("JSON integer out of range");
    }
    return value.longValue();
  }

  /** A whole number of at most so many bits, not negative. */
  public static long unsigned(JsonNode value, int bits) {
    long number = int64(value);
    if (number < 0 || number >>> bits != 0) {
      throw RpcException.misc("JSON integer out of range");
    }
    return number;
  }

  public static String text(JsonNode value) {
    expect(value, ParamType.TEXT);
    return value.textValue();
  }

  public static boolean flag(JsonNode value) {
    expect(value, ParamType.FLAG);
    return value.booleanValue();
  }

  /** A number: whole, or exact decimal. */
  public static BigDecimal decimal(JsonNode value) {
    expect(value, ParamType.NUMBER);
    return value.decimalValue();
  }

  /** Refuses a value of another type. */
  public static void expect(JsonNode value, ParamType type) {
    type.mismatch(value)
        .ifPresent(
            mismatch -> {
              throw RpcException.typeError(mismatch);
            });
  }

  /** Coins, as a number or in a string, to satoshis from 0 to all that will ever exist. */
  public static long amountSat(JsonNode value) {
    if (!value.isNumber() && !value.isTextual()) {
      throw RpcException.typeError("Amount is not a number or string");
    }
    long sat;
    try {
      sat = Amount.parse(value.asText());
    } catch (DecodeException e) {
      throw RpcException.typeError("Invalid amount");
    }
    if (!Amount.isInRange(sat)) {
      throw RpcException.typeError("Amount out of range");
    }
    return sat;
  }

  public static byte[] hex(String name, String text) {
    try {
      return Hex.decode(text);
    } catch (DecodeException e) {
      throw RpcException.invalidParameter(
          name + " must be hexadecimal string (not '" + text + "')");
    }
  }

  /** 32 bytes in wire order, from 64 digits in display order. */
  public static byte[] hash(String name, String text) {
    if (text.length() != HASH_DIGITS) {
      throw RpcException.invalidParameter(
          "%s must be of length %d (not %d, for '%s')"
              .formatted(name, HASH_DIGITS, text.length(), text));
    }
    return Hex.reversed(hex(name, text));
  }

  /** The error for bytes that are no transaction, block or the like. */
  public static RpcException deserialization(String message) {
    return new RpcException(RpcErrorCode.DESERIALIZATION_ERROR, message);
  }
}
