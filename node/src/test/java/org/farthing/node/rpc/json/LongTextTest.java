package org.farthing.node.rpc.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Strings of long texts are taken as they stand, where that is what they say. */
class LongTextTest {
  private static final String FILLING = "0123456789abcdef".repeat(2_000);

  private static JsonNode parse(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    byte[] larger = new byte[bytes.length + 100];
    System.arraycopy(bytes, 0, larger, 0, bytes.length);
    return Json.parse(larger, bytes.length, room -> true);
  }

  @Test
  void eachStringSaysWhatItSaysInAShortText() throws IOException {
    List<String> strings =
        List.of(
            "", "plain", "a \\\" quote", "a \\\\ backslash\\\\", "\\u00e9\\n", "süß", "€𝄞", "\\/");
    StringBuilder text = new StringBuilder("{\"é\" : [ ");
    strings.forEach(each -> text.append('"').append(each).append("\" ,\t"));
    text.append('"').append(FILLING).append("\"], \"last\":\"end\"}");

    JsonNode root = parse(text.toString());
    JsonNode array = root.path("é");
    for (int i = 0; i < strings.size(); i++) {
      String alone = parse('"' + strings.get(i) + '"').asText();
      assertThat(array.get(i).asText()).isEqualTo(alone);
    }
    assertThat(array.get(1).asText()).isEqualTo("plain");
    assertThat(array.get(5).asText()).isEqualTo("süß");
    assertThat(array.get(strings.size()).asText()).isEqualTo(FILLING);
    assertThat(root.path("last").asText()).isEqualTo("end");
  }

  @Test
  void whatIsNoJsonIsRefusedInALongTextToo() {
    for (String end : List.of("", "\\", "\u0007\"]", "\\x\"]", "\" x]")) {
      assertThatThrownBy(() -> parse("[\"" + FILLING + end)).isInstanceOf(IOException.class);
    }
  }
}
