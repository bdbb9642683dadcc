package org.farthing.node.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void numbersKeepEveryDigit() throws JsonProcessingException {
    String text = "{\"a\":0.00000010,\"b\":20999999.97690000,\"c\":1E-8}";
    assertThat(Json.compact(Json.parse(text)))
        .isEqualTo("{\"a\":0.00000010,\"b\":20999999.97690000,\"c\":0.00000001}");
  }

  @Test
  void prettyTextIsLikeBitcoinCores() throws JsonProcessingException {
    assertThat(Json.pretty(Json.parse("{\"a\":[1,{}],\"b\":[]}")))
        .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
  }

  @Test
  void whatFollowsAValueIsAnError() {
    assertThatThrownBy(() -> Json.parse("1 2")).isInstanceOf(JsonProcessingException.class);
  }
}
