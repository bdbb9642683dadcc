package org.farthing.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.Hex;
import org.farthing.node.cli.client.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of captured messages, byte by byte as Bitcoin Core documents them, and what is shown. */
class MessagesCommandTest {
  @TempDir Path folder;

  /** Time, command, length and payload, all as digits. */
  private static byte[] captured(String time, String command, String length, String payload)
      throws Exception {
    return Hex.decode(time + command + length + payload);
  }

  private Path file(String name, byte[]... messages) throws Exception {
    ByteWriter out = new ByteWriter();
    for (byte[] message : messages) {
      out.bytes(message);
    }
    Path peer = Files.createDirectories(folder.resolve("10.0.0.1_8333"));
    return Files.write(peer.resolve(name), out.toByteArray());
  }

  private static final String PING = "70696e670000000000000000";
  private static final String INV = "696e76000000000000000000";

  @Test
  void messagesOfSeveralFilesAreShownByTime() throws Exception {
    // 1,700,000,000 seconds and 1, 2 and 3 microseconds.
    Path sent =
        file("msgs_sent.dat", captured("02401e18240a0600", PING, "08000000", "0100000000000000"));
    Path received =
        file(
            "msgs_recv.dat",
            captured("01401e18240a0600", INV, "01000000", "00"),
            captured("03401e18240a0600", INV, "02000000", "05ff"));
    Typed typed = Typed.command("messages", "--json", sent.toString(), received.toString());
    assertThat(typed.exitCode()).isZero();
    List<String> lines = typed.out().lines().toList();
    assertThat(lines).hasSize(3);
    JsonNode first = Json.parse(lines.get(0));
    assertThat(first.path("direction").asText()).isEqualTo("recv");
    assertThat(first.path("time").asLong()).isEqualTo(1_700_000_000_000_001L);
    assertThat(first.path("peer").asText()).isEqualTo("10.0.0.1_8333");
    assertThat(first.path("msgtype").asText()).isEqualTo("inv");
    assertThat(first.path("body").path("items")).isEmpty();
    JsonNode second = Json.parse(lines.get(1));
    assertThat(second.path("direction").asText()).isEqualTo("sent");
    assertThat(second.path("body").path("nonce").asLong()).isEqualTo(1);
    JsonNode third = Json.parse(lines.get(2));
    assertThat(third.path("size").asInt()).isEqualTo(2);
    assertThat(third.path("payload").asText()).isEqualTo("05ff");
    assertThat(third.path("error").asText()).isNotEmpty();
  }

  @Test
  void aFileThatIsCutShortIsRefused() throws Exception {
    Path file = file("msgs_recv.dat", captured("01401e18240a0600", PING, "08000000", "01"));
    Typed typed = Typed.command("messages", file.toString());
    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.err()).contains("cut short within ping");
  }

  @Test
  void aLineIsShownForEach() throws Exception {
    Path file =
        file("msgs_recv.dat", captured("01401e18240a0600", PING, "08000000", "0100000000000000"));
    Typed typed = Typed.command("messages", file.toString());
    assertThat(typed.out()).contains("<- 10.0.0.1_8333").contains("ping").contains("{\"nonce\":1}");
  }
}
