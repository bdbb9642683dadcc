package org.farthing.node.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Lines for programs. */
class JsonLineTest {
  private final LoggerContext context = new LoggerContext();

  private JsonNode line(String logger, Level level, String text, Throwable failure)
      throws IOException {
    LoggingEvent event =
        new LoggingEvent("", context.getLogger(logger), level, text, failure, new Object[0]);
    event.setInstant(Instant.parse("2026-01-31T12:00:00.123456789Z"));
    event.setThreadName("rpc-1");
    String line = new JsonLine().doLayout(event);
    assertThat(line).endsWith("}\n");
    assertThat(line.substring(0, line.length() - 1)).doesNotContain("\n");
    return new ObjectMapper().readTree(line);
  }

  @Test
  void everythingHasItsField() throws IOException {
    JsonNode line = line("org.farthing.node.peer.PeerTable", Level.WARN, "text", null);
    assertThat(line)
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"time":"2026-01-31T12:00:00.123456Z","level":"warn","category":"net",
                     "logger":"org.farthing.node.peer.PeerTable","thread":"rpc-1",
                     "message":"text"}\
                    """));
    assertThat(line("org.farthing.node.app.Node", Level.INFO, "text", null).has("category"))
        .isFalse();
  }

  @Test
  void anExceptionStaysInItsLine() throws IOException {
    JsonNode line =
        line("x", Level.ERROR, "two\nlines", new IOException("a", new IOException("b")));
    assertThat(line.get("message").asText()).isEqualTo("two\nlines");
    assertThat(line.get("exception").asText())
        .startsWith("java.io.IOException: a\n")
        .contains("Caused by: java.io.IOException: b\n");
  }

  @Test
  void whatOthersSendCannotLookLikeAnotherLine() throws IOException {
    String text = "\"}\n{\"time\":\u001b\u0000\u2028";
    assertThat(line("x", Level.INFO, text, null).get("message").asText()).isEqualTo(text);
  }
}
