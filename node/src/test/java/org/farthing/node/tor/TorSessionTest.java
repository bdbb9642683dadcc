package org.farthing.node.tor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class TorSessionTest {
  private static final String TARGET = "127.0.0.1:18445";
  private static final byte[] COOKIE = new byte[32];

  /** What the session did. */
  private static final class World implements TorSession.Surroundings {
    final List<String> said = new ArrayList<>();
    final List<String> results = new ArrayList<>();

    @Override
    public void say(String command) {
      said.add(command);
    }

    @Override
    public byte[] read(String file) throws IOException {
      if (!file.equals("/run/tor/cookie")) {
        throw new IOException("no such file");
      }
      return COOKIE.clone();
    }

    @Override
    public void foundProxy(Optional<String> place) {
      results.add("proxy " + place.orElse("unknown"));
    }

    @Override
    public void serviceReady(String id, String key) {
      results.add("service " + id + " " + key);
    }

    String last() {
      return said.get(said.size() - 1);
    }
  }

  private final World world = new World();

  private TorSession session(Optional<String> password, boolean asksForProxy, String... key) {
    TorSession session =
        new TorSession(
            new TorSession.Wish(
                password, asksForProxy, List.of(key).stream().findFirst(), 18444, TARGET),
            world,
            new Random(1));
    session.start();
    assertThat(world.said).containsExactly("PROTOCOLINFO 1");
    return session;
  }

  private static void say(TorSession session, String... lines) {
    for (String line : lines) {
      assertThat(session.heard(line)).isTrue();
    }
  }

  private void introduce(TorSession session, String auth) {
    say(session, "250-PROTOCOLINFO 1", "250-AUTH " + auth, "250-VERSION Tor=\"0.4.8\"", "250 OK");
  }

  @Test
  void aServiceIsMadeWhereNobodyAsksWhoWeAre() {
    TorSession session = session(Optional.empty(), true);
    introduce(session, "METHODS=NULL,SAFECOOKIE COOKIEFILE=\"/run/tor/cookie\"");
    assertThat(world.last()).isEqualTo("AUTHENTICATE");
    say(session, "250 OK");
    assertThat(world.said.subList(2, 4))
        .containsExactly(
            "GETINFO net/listeners/socks",
            "ADD_ONION NEW:ED25519-V3 PoWDefensesEnabled=1 Port=18444," + TARGET);
    say(session, "250-net/listeners/socks=\"10.0.0.1:9\" \"127.0.0.1:9150\" \"10.0.0.2:9\"");
    say(session, "250 OK", "250-ServiceID=abc", "250-PrivateKey=ED25519-V3:secret", "250 OK");
    assertThat(world.results)
        .containsExactly("proxy 127.0.0.1:9150", "service abc ED25519-V3:secret");
  }

  @Test
  void theServiceHasTheNameOfTheLastRun() {
    TorSession session = session(Optional.empty(), false, "ED25519-V3:old");
    introduce(session, "METHODS=NULL");
    say(session, "250 OK");
    assertThat(world.last())
        .isEqualTo("ADD_ONION ED25519-V3:old PoWDefensesEnabled=1 Port=18444," + TARGET);
    say(session, "250-ServiceID=abc", "250 OK");
    assertThat(world.results).containsExactly("service abc ED25519-V3:old");
  }

  @Test
  void aTorThatKnowsNoProofOfWorkMakesAServiceWithout() {
    TorSession session = session(Optional.empty(), false);
    introduce(session, "METHODS=NULL");
    say(session, "250 OK", "512 Unrecognized option");
    assertThat(world.last()).isEqualTo("ADD_ONION NEW:ED25519-V3 Port=18444," + TARGET);
    int said = world.said.size();
    say(session, "512 Unrecognized option");
    assertThat(world.said).hasSize(said);
  }

  @Test
  void aPasswordIsQuoted() {
    TorSession session = session(Optional.of("open \"sesame\""), false);
    introduce(session, "METHODS=NULL,HASHEDPASSWORD");
    assertThat(world.last()).isEqualTo("AUTHENTICATE \"open \\\"sesame\\\"\"");
  }

  @Test
  void withoutAWayToSayWhoWeAreNothingIsSaid() {
    introduce(session(Optional.empty(), false), "METHODS=HASHEDPASSWORD");
    assertThat(world.said).hasSize(1);
  }

  private static byte[] hmac(String key, byte[]... parts) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static final String TO_CONTROLLER =
      "Tor safe cookie authentication server-to-controller hash";
  private static final String TO_SERVER =
      "Tor safe cookie authentication controller-to-server hash";

  @Test
  void bothShowThatTheyKnowTheCookie() throws Exception {
    TorSession session = session(Optional.empty(), false);
    introduce(session, "METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"/run/tor/cookie\"");
    assertThat(world.last()).startsWith("AUTHCHALLENGE SAFECOOKIE ");
    byte[] ours = HexFormat.of().parseHex(world.last().substring(25));
    assertThat(ours).hasSize(32);
    byte[] theirs = new byte[32];
    theirs[5] = 7;
    byte[] hash = hmac(TO_CONTROLLER, COOKIE, ours, theirs);
    say(session, "250 AUTHCHALLENGE SERVERHASH=" + hex(hash) + " SERVERNONCE=" + hex(theirs));
    assertThat(world.last())
        .isEqualTo("AUTHENTICATE " + hex(hmac(TO_SERVER, COOKIE, ours, theirs)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void whoDoesNotKnowTheCookieIsNotTor() {
    TorSession session = session(Optional.empty(), false);
    introduce(session, "METHODS=SAFECOOKIE COOKIEFILE=\"/run/tor/cookie\"");
    int said = world.said.size();
    say(
        session,
        "250 AUTHCHALLENGE SERVERHASH=" + "00".repeat(32) + " SERVERNONCE=" + "00".repeat(32));
    assertThat(world.said).hasSize(said);
  }

  @Test
  void aReplyHasSoManyLinesOnly() {
    TorSession session = session(Optional.empty(), false);
    for (int i = 0; i < TorLines.MAX_LINES; i++) {
      assertThat(session.heard("250-and so on")).isTrue();
    }
    assertThat(session.heard("250-and so on")).isFalse();
  }
}
