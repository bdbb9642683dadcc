package org.farthing.node.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.ElligatorSwift;
import org.farthing.testing.Vectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class V2SessionTest {
  private static final byte[] NONE = {};

  /** The vectors are of Bitcoin's main network. */
  private static final int MAGIC = 0xf9beb4d9;

  @TestFactory
  Stream<DynamicTest> vectorsOfBip324() {
    List<String> lines = Vectors.lines("bip324_packet_encoding.csv");
    assertThat(lines).hasSize(8);
    String[] names = lines.get(0).split(",");
    return lines.stream()
        .skip(1)
        .map(line -> row(names, line))
        .map(row -> dynamicTest("packet " + row.get("in_idx"), () -> check(row)));
  }

  private static Map<String, String> row(String[] names, String line) {
    String[] fields = line.split(",", -1);
    Map<String, String> row = new HashMap<>();
    for (int index = 0; index < names.length; index++) {
      row.put(names[index], fields[index]);
    }
    return row;
  }

  private static void check(Map<String, String> row) {
    byte[] ours = Hex.constant(row.get("in_ellswift_ours"));
    byte[] theirs = Hex.constant(row.get("in_ellswift_theirs"));
    assertThat(Hex.encode(ElligatorSwift.decode(ours))).isEqualTo(row.get("mid_x_ours"));
    assertThat(Hex.encode(ElligatorSwift.decode(theirs))).isEqualTo(row.get("mid_x_theirs"));
    boolean initiating = row.get("in_initiating").equals("1");
    byte[] secret =
        ElligatorSwift.sharedSecret(
            Hex.constant(row.get("in_priv_ours")), ours, theirs, initiating);
    assertThat(Hex.encode(secret)).isEqualTo(row.get("mid_shared_secret"));
    V2Session session = new V2Session(MAGIC, secret, initiating);
    assertThat(Hex.encode(session.sendTerminator()))
        .isEqualTo(row.get("mid_send_garbage_terminator"));
    assertThat(Hex.encode(session.receiveTerminator()))
        .isEqualTo(row.get("mid_recv_garbage_terminator"));
    assertThat(Hex.encode(session.id())).isEqualTo(row.get("out_session_id"));
    checkPacket(row, session, new V2Session(MAGIC, secret, !initiating));
  }

  private static void checkPacket(Map<String, String> row, V2Session session, V2Session other) {
    int before = Integer.parseInt(row.get("in_idx"));
    for (int packet = 0; packet < before; packet++) {
      assertThat(receive(other, session.encrypt(NONE, NONE, false)).contents().remaining())
          .isZero();
    }
    String contents = row.get("in_contents").repeat(Integer.parseInt(row.get("in_multiply")));
    byte[] associated = Hex.constant(row.get("in_aad"));
    boolean ignore = row.get("in_ignore").equals("1");
    byte[] packet = session.encrypt(Hex.constant(contents), associated, ignore);
    String hex = Hex.encode(packet);
    if (row.get("out_ciphertext").isEmpty()) {
      assertThat(hex).endsWith(row.get("out_ciphertext_endswith"));
    } else {
      assertThat(hex).isEqualTo(row.get("out_ciphertext"));
    }
    int length = other.decryptLength(Arrays.copyOf(packet, V2Session.LENGTH_SIZE));
    assertThat(length).isEqualTo(contents.length() / 2);
    V2Session.Packet read =
        other.decrypt(Arrays.copyOfRange(packet, 3, packet.length), associated).orElseThrow();
    assertThat(Hex.encode(read.contents().rest())).isEqualTo(contents);
    assertThat(read.ignore()).isEqualTo(ignore);
  }

  private static V2Session.Packet receive(V2Session session, byte[] packet) {
    int length = session.decryptLength(Arrays.copyOf(packet, V2Session.LENGTH_SIZE));
    assertThat(packet).hasSize(V2Session.LENGTH_SIZE + V2Session.OVERHEAD + length);
    return session.decrypt(Arrays.copyOfRange(packet, 3, packet.length), NONE).orElseThrow();
  }

  @Test
  void aPacketThatSomebodyChangedIsNone() {
    V2Session one = new V2Session(MAGIC, new byte[32], true);
    V2Session other = new V2Session(MAGIC, new byte[32], false);
    byte[] packet = one.encrypt(new byte[] {1, 2, 3}, NONE, false);
    packet[packet.length - 1] ^= 1;
    other.decryptLength(Arrays.copyOf(packet, V2Session.LENGTH_SIZE));
    assertThat(other.decrypt(Arrays.copyOfRange(packet, 3, packet.length), NONE)).isEmpty();
  }
}
