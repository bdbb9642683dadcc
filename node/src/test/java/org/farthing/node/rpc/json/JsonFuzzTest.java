package org.farthing.node.rpc.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Read;
import org.farthing.testing.Decoding;

/** JSON as callers send it. */
class JsonFuzzTest {
  private static final List<Function<JsonNode, Object>> READERS =
      List.of(
          Read::int32,
          Read::int64,
          Read::text,
          Read::flag,
          Read::decimal,
          Read::amountSat,
          value -> Read.hex("text", Read.text(value)),
          value -> Read.hash("text", Read.text(value)));

  @FuzzTest
  void json(byte[] input) throws Exception {
    Optional<JsonNode> value =
        Decoding.ofText(input.length, IOException.class, () -> Json.parse(input));
    if (value.isPresent()) {
      byte[] written = Json.bytes(value.get());
      assertThat(Json.bytes(Json.parse(written))).isEqualTo(written);
      for (Function<JsonNode, Object> reader : READERS) {
        Decoding.ofText(input.length, RpcException.class, () -> reader.apply(value.get()));
      }
    }
  }
}
