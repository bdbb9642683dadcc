package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.farthing.consensus.chain.HeaderNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Regtest's deployments as Bitcoin Core shows them: {@code testdummy} is voted on by 144 blocks.
 */
class DeploymentInfoTest {
  private static final int SIGNALS = 0x30000000;
  private static final int SILENT = 0x20000000;

  @TempDir Path folder;
  private NodeFixture node;

  @BeforeEach
  void open() {
    node = new NodeFixture(folder);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void mine(int count, int version) {
    for (int i = 0; i < count; i++) {
      node.builder.add(node.builder.draft().version(version).build());
    }
  }

  private JsonNode testdummy() {
    return node.call("getdeploymentinfo").at("/deployments/testdummy");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Numbers may be of different Java types: the text decides. */
  private static void assertSame(JsonNode actual, String expected) {
    assertThat(json(actual.toString())).isEqualTo(json(expected));
  }

  @Test
  void atTheGenesis() {
    JsonNode info = node.call("getdeploymentinfo");
    assertThat(info.get("height").asInt()).isZero();
    assertSame(info.get("script_flags"), "['NULLDUMMY','P2SH','TAPROOT','WITNESS']");
    assertSame(
        info.get("deployments"),
        """
        {'bip34': {'type': 'buried', 'active': true, 'height': 1},
         'bip66': {'type': 'buried', 'active': true, 'height': 1},
         'bip65': {'type': 'buried', 'active': true, 'height': 1},
         'csv': {'type': 'buried', 'active': true, 'height': 1},
         'segwit': {'type': 'buried', 'active': true, 'height': 0},
         'testdummy': {'type': 'bip9', 'active': false, 'bip9': {
            'start_time': 0, 'timeout': 9223372036854775807, 'min_activation_height': 0,
            'status': 'defined', 'since': 0, 'status_next': 'defined'}}}
        """);
  }

  @Test
  void whileSignalsCount() {
    mine(144, SILENT);
    assertThat(testdummy().at("/bip9/status").asText()).isEqualTo("started");
    assertThat(testdummy().at("/bip9/signalling").asText()).isEqualTo("-");
    mine(3, SIGNALS);
    JsonNode info = node.call("getdeploymentinfo");
    assertSame(
        info.get("script_flags"),
        "['CHECKLOCKTIMEVERIFY','CHECKSEQUENCEVERIFY','DERSIG','NULLDUMMY','P2SH','TAPROOT',"
            + "'WITNESS']");
    assertSame(
        testdummy(),
        """
        {'type': 'bip9', 'active': false, 'bip9': {
            'bit': 28, 'start_time': 0, 'timeout': 9223372036854775807,
            'min_activation_height': 0, 'status': 'started', 'since': 144,
            'status_next': 'started',
            'statistics': {'period': 144, 'threshold': 108, 'elapsed': 4, 'count': 3,
                           'possible': true},
            'signalling': '-###'}}
        """);
  }

  @Test
  void fromLockedInToActive() {
    mine(143, SILENT);
    mine(144, SIGNALS);
    assertThat(testdummy().at("/bip9/status_next").asText()).isEqualTo("locked_in");
    mine(2, SILENT);
    assertSame(
        testdummy(),
        """
        {'type': 'bip9', 'active': false, 'bip9': {
            'bit': 28, 'start_time': 0, 'timeout': 9223372036854775807,
            'min_activation_height': 0, 'status': 'locked_in', 'since': 288,
            'status_next': 'locked_in',
            'statistics': {'period': 144, 'elapsed': 2, 'count': 0},
            'signalling': '--'}}
        """);
    mine(142, SILENT);
    assertThat(testdummy().get("active").asBoolean()).isTrue();
    assertThat(testdummy().get("height").asInt()).isEqualTo(432);
    mine(1, SILENT);
    assertSame(
        testdummy(),
        """
        {'type': 'bip9', 'height': 432, 'active': true, 'bip9': {
            'start_time': 0, 'timeout': 9223372036854775807, 'min_activation_height': 0,
            'status': 'active', 'since': 432, 'status_next': 'active'}}
        """);
  }

  @Test
  void anyBlockCanBeAskedFor() {
    mine(150, SILENT);
    HeaderNode old = node.builder.tip().ancestor(100);
    JsonNode info = node.call("getdeploymentinfo", old.hash().toString());
    assertThat(info.get("height").asInt()).isEqualTo(100);
    assertThat(info.get("hash").asText()).isEqualTo(old.hash().toString());
    assertThat(info.at("/deployments/testdummy/bip9/status").asText()).isEqualTo("defined");
    assertThat(node.error(null, "getdeploymentinfo", "0".repeat(64)))
        .isEqualTo("-5 Block not found");
  }

  /** Our own blocks signal from the first block on that counts, as Bitcoin Core's do. */
  @Test
  void ownBlocksSignal() {
    node.call("createwallet", "alice");
    String address = node.at("alice", "getnewaddress").asText();
    node.call("generatetoaddress", 146, address);
    assertThat(version(143)).isEqualTo(SILENT);
    assertThat(version(144)).isEqualTo(SIGNALS);
    assertThat(version(146)).isEqualTo(SIGNALS);
  }

  private int version(int height) {
    return node.builder.tip().ancestor(height).header().version();
  }

  @Test
  void warningsAreShownInThreePlaces() {
    for (String method : new String[] {"getblockchaininfo", "getmininginfo", "getnetworkinfo"}) {
      assertSame(node.call(method).get("warnings"), "['a warning']");
    }
  }
}
