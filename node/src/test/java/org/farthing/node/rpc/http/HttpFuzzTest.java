package org.farthing.node.rpc.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.farthing.node.config.RpcLogin;
import org.farthing.testing.Decoding;

/** What HTTP carries besides the body. */
class HttpFuzzTest {
  private static final Authenticator AUTHENTICATOR =
      new Authenticator(List.of(RpcLogin.ofPassword("user", "right")));

  /** Credentials that no fuzzer knows open nothing. */
  @FuzzTest
  void authorization(byte[] input) throws Exception {
    String header = new String(input, StandardCharsets.ISO_8859_1);
    Optional<Optional<String>> user =
        Decoding.ofText(input.length, IOException.class, () -> AUTHENTICATOR.user(header));
    assertThat(user.orElseThrow()).isEmpty();
  }

  @FuzzTest
  void percentDecoding(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    String decoded =
        Decoding.ofText(input.length, IOException.class, () -> PercentDecoding.decode(text))
            .orElseThrow();
    if (text.indexOf('%') < 0) {
      assertThat(decoded).isEqualTo(text);
    }
  }
}
