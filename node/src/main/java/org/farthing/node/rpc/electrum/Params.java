package org.farthing.node.rpc.electrum;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.Txid;

/** The parameters of a request, by position or by name. */
final class Params {
  private final JsonNode values;
  private final List<String> names;

  /**
   * @param values an array, or an object with some of the names
   * @param names of the parameters in their order
   */
  Params(JsonNode values, List<String> names) throws ElectrumException {
    this.values = values;
    this.names = names;
    if (values.isArray() ? values.size() > names.size() : !isNamed(values)) {
      throw ElectrumException.invalidParams("wanted at most: " + names);
    }
  }

  private boolean isNamed(JsonNode object) {
    return object.isObject()
        && object.properties().stream().allMatch(entry -> names.contains(entry.getKey()));
  }

  private JsonNode value(int index) {
    return values.isArray() ? values.path(index) : values.path(names.get(index));
  }

  private ElectrumException wrong(int index, String wanted) {
    return ElectrumException.invalidParams(names.get(index) + " must be " + wanted);
  }

  String text(int index) throws ElectrumException {
    if (!value(index).isTextual()) {
      throw wrong(index, "a string");
    }
    return value(index).textValue();
  }

  Txid txid(int index) throws ElectrumException {
    try {
      return Txid.parse(text(index));
    } catch (DecodeException e) {
      throw wrong(index, "a transaction hash");
    }
  }

  ScriptHash scriptHash(int index) throws ElectrumException {
    return ScriptHash.parse(text(index));
  }

  /** A whole number from 0. */
  int height(int index) throws ElectrumException {
    JsonNode value = value(index);
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw wrong(index, "a non-negative integer");
    }
    return value.intValue();
  }

  int optionalHeight(int index, int fallback) throws ElectrumException {
    return isGiven(index) ? height(index) : fallback;
  }

  boolean flag(int index, boolean fallback) throws ElectrumException {
    if (!isGiven(index)) {
      return fallback;
    }
    if (!value(index).isBoolean()) {
      throw wrong(index, "true or false");
    }
    return value(index).booleanValue();
  }

  /** One version, or the least and the most that a client speaks. */
  ServerInfo.Range clientRange(int index, String fallback) throws ElectrumException {
    if (!isGiven(index)) {
      return new ServerInfo.Range(fallback, fallback);
    }
    JsonNode value = value(index);
    if (value.isTextual()) {
      return new ServerInfo.Range(value.textValue(), value.textValue());
    }
    if (value.size() == 2 && value.path(0).isTextual() && value.path(1).isTextual()) {
      return new ServerInfo.Range(value.get(0).textValue(), value.get(1).textValue());
    }
    throw wrong(index, "a version, or a list of the least and the most");
  }

  private boolean isGiven(int index) {
    return !value(index).isMissingNode() && !value(index).isNull();
  }
}
