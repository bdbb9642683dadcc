package org.farthing.node.tor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hmac;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with Tor: who are you, it is me, where is your proxy, make me an onion service.
 * The service lasts as long as the conversation.
 *
 * <ul>
 *   <li>Of the ways to prove who we are a password is taken if there is one, then none, then the
 *       cookie, which is not sent: both sides show that they know it (SAFECOOKIE).
 *   <li>The service is made with a key of an earlier run if there is one, so that its name stays;
 *       and with a proof of work against floods, if this Tor can.
 * </ul>
 */
public final class TorSession {
  private static final Logger LOG = LoggerFactory.getLogger(TorSession.class);

  private static final int COOKIE_SIZE = 32;
  private static final int NONCE_SIZE = 32;
  private static final String SERVER_KEY =
      "Tor safe cookie authentication server-to-controller hash";
  private static final String CLIENT_KEY =
      "Tor safe cookie authentication controller-to-server hash";
  private static final String NEW_KEY = "NEW:ED25519-V3";

  /** What a conversation needs, and what it leads to. */
  public interface Surroundings {
    /** Says a command. */
    void say(String command);

    /** The content of a file of Tor's. */
    byte[] read(String file) throws IOException;

    /**
     * Tor has said where its proxy is.
     *
     * @param place {@code host:port} or {@code unix:path}; empty: it did not say
     */
    void foundProxy(Optional<String> place);

    /**
     * The service is there.
     *
     * @param id its name without {@code .onion}
     * @param key by which to have the same name again
     */
    void serviceReady(String id, String key);
  }

  /**
   * What is wanted.
   *
   * @param password for Tor, if there is one
   * @param asksForProxy whether the proxy is not known
   * @param key of an earlier run
   * @param port of the service
   * @param target where calls of the service are to be taken to, {@code host:port}
   */
  public record Wish(
      Optional<String> password,
      boolean asksForProxy,
      Optional<String> key,
      int port,
      String target) {}

  private final Wish wish;
  private final Surroundings around;
  private final Random random;
  private final TorLines incoming = new TorLines();
  private final Deque<Consumer<TorReply>> expected = new ArrayDeque<>();

  /**
   * @param random makes what nobody may guess
   */
  public TorSession(Wish wish, Surroundings around, Random random) {
    this.wish = wish;
    this.around = around;
    this.random = random;
  }

  /** Begins. */
  public void start() {
    ask("PROTOCOLINFO 1", this::introduced);
  }

  private void ask(String command, Consumer<TorReply> then) {
    expected.add(then);
    around.say(command);
  }

  /**
   * Tor has said a line.
   *
   * @return false where it says too much: the conversation has to end
   */
  public boolean heard(String line) {
    Optional<TorReply> reply;
    try {
      reply = incoming.add(line);
    } catch (TorLines.TooLongException e) {
      LOG.warn("tor: Error processing receive buffer: {}", e.getMessage());
      return false;
    }
    reply.ifPresent(
        whole -> {
          if (whole.code() >= TorReply.ASYNCHRONOUS) {
            LOG.debug("Received async notification {}", whole.code());
          } else if (expected.isEmpty()) {
            LOG.debug("Received unexpected sync reply {}", whole.code());
          } else {
            expected.poll().accept(whole);
          }
        });
    return true;
  }

  private void introduced(TorReply reply) {
    if (!reply.isOk()) {
      LOG.warn("tor: Requesting protocol info failed");
      return;
    }
    reply
        .after("VERSION")
        .map(text -> TorText.mapping(text).get("Tor"))
        .ifPresent(version -> LOG.debug("Connected to Tor version {}", version));
    Map<String, String> auth = TorText.mapping(reply.after("AUTH").orElse(""));
    List<String> methods = List.of(auth.getOrDefault("METHODS", "").split(","));
    methods.forEach(method -> LOG.debug("Supported authentication method: {}", method));
    if (wish.password().isPresent()) {
      if (methods.contains("HASHEDPASSWORD")) {
        LOG.debug("Using HASHEDPASSWORD authentication");
        String quoted = wish.password().get().replace("\"", "\\\"");
        ask("AUTHENTICATE \"" + quoted + "\"", this::authenticated);
      } else {
        LOG.warn(
            "tor: Password provided with -torpassword, but HASHEDPASSWORD authentication is not"
                + " available");
      }
    } else if (methods.contains("NULL")) {
      LOG.debug("Using NULL authentication");
      ask("AUTHENTICATE", this::authenticated);
    } else if (methods.contains("SAFECOOKIE")) {
      challenge(auth.getOrDefault("COOKIEFILE", ""));
    } else if (methods.contains("HASHEDPASSWORD")) {
      LOG.warn(
          "tor: The only supported authentication mechanism left is password, but no password"
              + " provided with -torpassword");
    } else {
      LOG.warn("tor: No supported authentication method");
    }
  }

  private void challenge(String file) {
    LOG.debug("Using SAFECOOKIE authentication, reading cookie authentication from {}", file);
    byte[] cookie;
    try {
      cookie = around.read(file);
    } catch (IOException e) {
      LOG.warn("tor: Authentication cookie {} could not be opened (check permissions)", file);
      return;
    }
    if (cookie.length != COOKIE_SIZE) {
      LOG.warn(
          "tor: Authentication cookie {} is not exactly {} bytes, as is required by the spec",
          file,
          COOKIE_SIZE);
      return;
    }
    byte[] nonce = new byte[NONCE_SIZE];
    random.nextBytes(nonce);
    ask("AUTHCHALLENGE SAFECOOKIE " + Hex.encode(nonce), reply -> challenged(reply, cookie, nonce));
  }

  private void challenged(TorReply reply, byte[] cookie, byte[] ourNonce) {
    if (!reply.isOk()) {
      LOG.warn("tor: SAFECOOKIE authentication challenge failed");
      return;
    }
    Map<String, String> answer = TorText.mapping(reply.after("AUTHCHALLENGE").orElse(""));
    byte[] theirNonce = hex(answer.getOrDefault("SERVERNONCE", ""));
    byte[] theirHash = hex(answer.getOrDefault("SERVERHASH", ""));
    if (theirNonce.length != NONCE_SIZE) {
      LOG.warn("tor: ServerNonce is not 32 bytes, as required by spec");
      return;
    }
    // Whoever does not know the cookie is not Tor.
    if (!MessageDigest.isEqual(theirHash, proof(SERVER_KEY, cookie, ourNonce, theirNonce))) {
      LOG.warn("tor: ServerHash does not match the expected one");
      return;
    }
    byte[] proof = proof(CLIENT_KEY, cookie, ourNonce, theirNonce);
    ask("AUTHENTICATE " + Hex.encode(proof), this::authenticated);
  }

  private static byte[] hex(String text) {
    try {
      return Hex.decode(text);
    } catch (DecodeException e) {
      return new byte[0];
    }
  }

  private static byte[] proof(String key, byte[] cookie, byte[] ourNonce, byte[] theirNonce) {
    byte[] known = new ByteWriter().bytes(cookie).bytes(ourNonce).bytes(theirNonce).toByteArray();
    return Hmac.sha256(key.getBytes(StandardCharsets.US_ASCII), known);
  }

  private void authenticated(TorReply reply) {
    if (!reply.isOk()) {
      LOG.warn("tor: Authentication failed");
      return;
    }
    LOG.debug("Authentication successful");
    if (wish.asksForProxy()) {
      ask("GETINFO net/listeners/socks", this::toldProxy);
    }
    addOnion(true);
  }

  private void toldProxy(TorReply reply) {
    Optional<String> place = Optional.empty();
    if (reply.isOk()) {
      place =
          reply.lines().stream()
              .filter(line -> line.startsWith("net/listeners/socks="))
              .findFirst()
              .flatMap(line -> choose(line.substring(line.indexOf('=') + 1)));
    } else {
      LOG.warn("tor: Get SOCKS port command failed; error code {}", reply.code());
    }
    LOG.debug("Get SOCKS port command yielded {}", place.orElse("nothing"));
    around.foundProxy(place);
  }

  /** One of this machine if there is one, else the last. */
  private static Optional<String> choose(String listeners) {
    String last = null;
    for (String each : listeners.split(" ", -1)) {
      String place = each.replaceFirst("^([\"'])(.*)\\1$", "$2");
      if (!place.isEmpty()) {
        last = place;
        if (place.startsWith("127.0.0.1:")) {
          break;
        }
      }
    }
    return Optional.ofNullable(last);
  }

  /** Always at the usual port: another one would tell one node from the others. */
  private void addOnion(boolean defended) {
    ask(
        "ADD_ONION %s%s Port=%d,%s"
            .formatted(
                wish.key().orElse(NEW_KEY),
                defended ? " PoWDefensesEnabled=1" : "",
                wish.port(),
                wish.target()),
        reply -> added(reply, defended));
  }

  private void added(TorReply reply, boolean defended) {
    if (reply.isOk()) {
      LOG.debug("ADD_ONION successful (PoW defenses {})", defended ? "enabled" : "disabled");
      Optional<String> id = value(reply, "ServiceID");
      Optional<String> key = value(reply, "PrivateKey").or(wish::key);
      if (id.isPresent()) {
        around.serviceReady(id.get(), key.orElse(""));
      } else {
        LOG.warn("tor: Error parsing ADD_ONION parameters: {}", reply.lines());
      }
    } else if (defended && reply.code() == TorReply.SYNTAX_ERROR) {
      LOG.debug("ADD_ONION failed with PoW defenses, retrying without");
      addOnion(false);
    } else if (reply.code() == TorReply.UNRECOGNIZED) {
      LOG.warn(
          "tor: Add onion failed with unrecognized command (You probably need to upgrade Tor)");
    } else {
      LOG.warn("tor: Add onion failed; error code {}", reply.code());
    }
  }

  private static Optional<String> value(TorReply reply, String key) {
    return reply.lines().stream()
        .map(line -> TorText.mapping(line).get(key))
        .filter(found -> found != null)
        .findFirst();
  }
}
