package org.farthing.node.rpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.farthing.node.rpc.json.Json;
import org.farthing.testing.Decoding;

/** The bodies of requests: each has an answer, in JSON, and none shows a fault of ours. */
class DispatcherFuzzTest {
  private final Dispatcher dispatcher = new Dispatcher();

  DispatcherFuzzTest() {
    dispatcher.ready(new MethodTable(List.of(TestMethods.echo(), TestMethods.refuse())));
  }

  @FuzzTest
  void request(byte[] input) throws Exception {
    Caller caller = new Caller("user", Optional.empty());
    Reply reply =
        Decoding.ofText(input.length, IOException.class, () -> dispatcher.handle(input, caller))
            .orElseThrow();
    assertThat(reply.status()).isIn(200, 204, 400, 404, 500);
    if (reply.isEmpty()) {
      assertThat(reply.status()).isEqualTo(204);
    } else {
      assertThat(Json.parse(reply.body()).toString()).doesNotContain("Internal error");
    }
  }
}
