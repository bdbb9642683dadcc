package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;
import org.farthing.testing.Decoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests of anybody: each has an answer in the form that it says, and none is a fault of ours.
 */
class RestFuzzTest {
  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
    node.builder.mine(3);
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** Path and query up to the end of the line, then the body. */
  @FuzzTest
  void request(byte[] input) throws Exception {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    String uri = "/rest" + new String(input, 0, end, StandardCharsets.ISO_8859_1);
    byte[] body =
        end < input.length ? Arrays.copyOfRange(input, end + 1, input.length) : new byte[0];
    Optional<Reply> reply =
        Decoding.ofText(input.length, IOException.class, () -> node.rest.answer(uri, body));
    assertThat(reply.orElseThrow().status()).isIn(200, 400, 404);
    if (reply.get().content().type().equals("application/json")) {
      Json.parse(reply.get().body());
    }
  }
}
