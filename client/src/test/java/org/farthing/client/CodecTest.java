package org.farthing.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.farthing.client.json.Decode;
import org.farthing.client.json.Encode;
import org.farthing.client.rpc.Calls;
import org.farthing.client.rpc.GetBlock;
import org.junit.jupiter.api.Test;

class CodecTest {
  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void valuesBecomeJson() {
    assertThat(Encode.json(null).isNull()).isTrue();
    assertThat(Encode.json(Arrays.asList("a", 1, 2L, true, null, new BigDecimal("0.5"))))
        .hasToString("[\"a\",1,2,true,null,0.5]");
    assertThat(Encode.json(Map.of("a", List.of(IndexRange.to(3))))).hasToString("{\"a\":[[0,3]]}");
    assertThat(Encode.json(Amount.ofSat(5)).decimalValue()).isEqualByComparingTo("0.00000005");
    assertThat(Encode.json(0.1).decimalValue()).isEqualByComparingTo("0.1");
    assertThatThrownBy(() -> Encode.json(new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void jsonOfAnotherTypeIsUnexpected() throws Exception {
    assertThat(Decode.list(json("[1,2]"), Decode::number)).containsExactly(1L, 2L);
    assertThat(Decode.map(json("{'a':true}"), Decode::flag)).containsEntry("a", true);
    assertThat(Decode.optional(json("{}"), "a", Decode::text)).isEmpty();
    assertThat(Decode.optional(json("{'a':null}"), "a", Decode::text)).isEmpty();
    for (Runnable wrong :
        List.<Runnable>of(
            () -> Decode.number(Encode.json("1")),
            () -> Decode.number(Encode.json(0.5)),
            () -> Decode.text(Encode.json(1)),
            () -> Decode.flag(Encode.json(1)),
            () -> Decode.amount(Encode.json(new BigDecimal("0.000000001"))),
            () -> Decode.list(Encode.object(), Decode::text),
            () -> Decode.map(Encode.json(List.of()), Decode::text),
            () -> Decode.required(Encode.object(), "a", Decode::text))) {
      assertThatThrownBy(wrong::run).isInstanceOf(UnexpectedAnswerException.class);
    }
  }

  @Test
  void callsNameTheirParameters() {
    assertThat(Calls.getBlockCount().params()).hasToString("{}");
    assertThat(Calls.getBlock("ab", new GetBlock.Options().verbosity(2)).params())
        .hasToString("{\"verbosity\":2,\"blockhash\":\"ab\"}");
    assertThat(Calls.getBlock("ab").method()).isEqualTo("getblock");
  }
}
