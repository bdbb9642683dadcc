package org.farthing.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import org.bitcoinj.base.BitcoinNetwork;
import org.bitcoinj.base.ScriptType;
import org.bitcoinj.crypto.ECKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed texts; bitcoinj makes and checks the same signatures. */
class MessageMethodsTest {
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

  @Test
  void signaturesAreThoseOfBitcoinj() throws Exception {
    ECKey key = ECKey.fromPrivate(BigInteger.valueOf(123_456_789));
    String secret = key.getPrivateKeyAsWiF(BitcoinNetwork.TESTNET);
    String address = key.toAddress(ScriptType.P2PKH, BitcoinNetwork.TESTNET).toString();
    for (String text : new String[] {"", "This is a text", "Grüße, ₿", "x".repeat(1000)}) {
      String signature = node.call("signmessagewithprivkey", secret, text).asText();
      assertThat(signature).isEqualTo(key.signMessage(text, ScriptType.P2PKH));
      assertThat(node.call("verifymessage", address, signature, text).asBoolean()).isTrue();
      assertThat(node.call("verifymessage", address, signature, text + " ").asBoolean()).isFalse();
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    String address = "mrCDrCybB6J1vRfbwM5hemdJz73FwDBC8r";
    assertThat(node.error(null, "signmessagewithprivkey", "x", ""))
        .isEqualTo("-5 Invalid private key");
    assertThat(node.error(null, "verifymessage", "x", "", "")).isEqualTo("-5 Invalid address");
    assertThat(
            node.error(
                null, "verifymessage", "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080", "", ""))
        .isEqualTo("-3 Address does not refer to key");
    assertThat(node.error(null, "verifymessage", address, "AAA", ""))
        .isEqualTo("-3 Malformed base64 encoding");
    assertThat(node.call("verifymessage", address, "AAAA", "").asBoolean()).isFalse();
  }
}
