package org.farthing.node.wire;

import java.nio.charset.StandardCharsets;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;

/**
 * The first message of either side: who it is.
 *
 * @param protocol the version of the protocol that the sender speaks
 * @param services what it offers; see {@link Services}
 * @param timeSeconds its clock, seconds since 1970; any 64-bit number
 * @param receiver how it sees the other side
 * @param sender how it sees itself; nobody looks at it
 * @param nonce tells a connection to oneself
 */
public record Version(
    int protocol,
    long services,
    long timeSeconds,
    Endpoint receiver,
    Endpoint sender,
    long nonce,
    Client client)
    implements Message {
  /** The version that we speak (BIP-0434). */
  public static final int PROTOCOL = 70017;

  /** From this version on, transactions can be announced by wtxid (BIP-0339). */
  public static final int WTXID_RELAY = 70016;

  /** Peers that are older than this are of no use. */
  public static final int MIN_PROTOCOL = 31800;

  /** Characters of the longest user agent. */
  public static final int MAX_USER_AGENT = 256;

  /** What peers of old, whose message ends early, are taken to have said. */
  private static final long DEFAULT_NONCE = 1;

  /** An address with the services that are believed to be there. */
  public record Endpoint(long services, NetAddress address) {
    public static final Endpoint NONE = new Endpoint(Services.NONE, NetAddress.NONE);

    static Endpoint read(ByteReader in) throws DecodeException {
      return new Endpoint(in.int64(), NetAddress.readOld(in));
    }

    void writeTo(ByteWriter out) {
      out.int64(services);
      address.writeOld(out);
    }
  }

  /**
   * The software and its state.
   *
   * @param userAgent name and version (BIP-0014), one character for each byte; may hold anything
   * @param startHeight of its active chain, or -1
   * @param relay whether it wants transactions announced (BIP-0037)
   */
  public record Client(String userAgent, int startHeight, boolean relay) {}

  /**
   * Reads a message that may end before the sender, the user agent, the height or the relay flag,
   * as those of old peers do.
   */
  static Version read(ByteReader in) throws DecodeException {
    int protocol = in.int32();
    long services = in.int64();
    long timeSeconds = in.int64();
    Endpoint receiver = Endpoint.read(in);
    Endpoint sender = Endpoint.NONE;
    long nonce = DEFAULT_NONCE;
    if (in.remaining() > 0) {
      sender = Endpoint.read(in);
      nonce = in.int64();
    }
    String userAgent = in.remaining() > 0 ? readUserAgent(in) : "";
    int startHeight = in.remaining() > 0 ? in.int32() : -1;
    boolean relay = in.remaining() == 0 || in.uint8() != 0;
    Client client = new Client(userAgent, startHeight, relay);
    return new Version(protocol, services, timeSeconds, receiver, sender, nonce, client);
  }

  private static String readUserAgent(ByteReader in) throws DecodeException {
    int length = in.count(1);
    if (length > MAX_USER_AGENT) {
      throw new DecodeException("user agent of " + length + " bytes");
    }
    return new String(in.bytes(length), StandardCharsets.ISO_8859_1);
  }

  /** The user agent without characters that could do harm in a log or on a terminal. */
  public String cleanUserAgent() {
    return CleanText.of(client.userAgent());
  }

  @Override
  public MessageType type() {
    return MessageType.VERSION;
  }

  @Override
  public void writeTo(ByteWriter out) {
    out.int32(protocol).int64(services).int64(timeSeconds);
    receiver.writeTo(out);
    sender.writeTo(out);
    out.int64(nonce).varBytes(client.userAgent().getBytes(StandardCharsets.ISO_8859_1));
    out.int32(client.startHeight()).uint8(client.relay() ? 1 : 0);
  }
}
