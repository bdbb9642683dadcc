package org.farthing.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteString;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.cli.client.Json;

/** Messages as JSON, part by part, under the names that they have in the program. */
final class MessageJson {
  private MessageJson() {}

  static JsonNode of(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.<JsonNode>map(MessageJson::of).orElse(Json.of(null));
    }
    if (value instanceof Collection<?> list) {
      ArrayNode json = Json.array();
      list.forEach(each -> json.add(of(each)));
      return json;
    }
    if (value instanceof Transaction transaction) {
      ObjectNode json = Json.object();
      json.put("txid", transaction.txid().toString());
      json.put("wtxid", transaction.wtxid().toString());
      return json.put("hex", Hex.encode(transaction.serialize()));
    }
    if (value instanceof Block block) {
      ObjectNode json = Json.object();
      json.set("header", of(block.header()));
      json.set("transactions", of(block.transactions()));
      return json;
    }
    if (value instanceof BlockHeader header) {
      return header(header);
    }
    if (value instanceof byte[] bytes) {
      return Json.of(Hex.encode(bytes));
    }
    if (value instanceof ByteString bytes) {
      return Json.of(Hex.encode(bytes.toByteArray()));
    }
    if (value instanceof Number || value instanceof Boolean) {
      return Json.of(value);
    }
    return value instanceof Record record && !isText(record)
        ? parts(record)
        : Json.of(String.valueOf(value));
  }

  private static JsonNode header(BlockHeader header) {
    ObjectNode json = Json.object();
    json.put("hash", header.hash().toString());
    json.put("version", header.version());
    json.put("previous", header.previous().toString());
    json.put("merkleRoot", header.merkleRoot().toString());
    json.put("time", header.timeSeconds());
    json.put("bits", "%08x".formatted(header.bits()));
    return json.put("nonce", Integer.toUnsignedLong(header.nonce()));
  }

  /** It has a text of its own, such as an address. */
  private static boolean isText(Record record) {
    try {
      return record.getClass().getMethod("toString").getDeclaringClass() == record.getClass()
          && !record.toString().startsWith(record.getClass().getSimpleName() + "[");
    } catch (NoSuchMethodException e) {
      throw new AssertionError("everything has a text", e);
    }
  }

  private static JsonNode parts(Record record) {
    ObjectNode json = Json.object();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        json.set(component.getName(), of(component.getAccessor().invoke(record)));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new LinkageError("a message is made of what everybody may see", e);
      }
    }
    return json;
  }
}
