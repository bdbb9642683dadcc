package org.farthing.node.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.crypto.ForwardSecureCipher;
import org.farthing.consensus.crypto.ForwardSecureStream;
import org.farthing.consensus.crypto.Hkdf;

/**
 * What two peers share once each has the other's public key, and the packets that they exchange
 * from then on (BIP-0324): the length, hidden; a byte of flags and the contents, encrypted and
 * authenticated. Packets of each direction are to be handled in their order, on one thread.
 */
final class V2Session {
  /** The bytes of a packet that hide the length of its contents. */
  static final int LENGTH_SIZE = 3;

  /** How many bytes more than its contents a packet has after the length. */
  static final int OVERHEAD = 1 + ForwardSecureCipher.TAG_SIZE;

  static final int TERMINATOR_SIZE = 16;

  private static final int IGNORE = 0x80;

  private final ForwardSecureStream sendLength;
  private final ForwardSecureCipher send;
  private final ForwardSecureStream receiveLength;
  private final ForwardSecureCipher receive;
  private final byte[] sendTerminator;
  private final byte[] receiveTerminator;
  private final byte[] id;

  /**
   * @param magic of the network, in one big-endian number
   * @param secret that the two have made, 32 bytes
   * @param initiating whether we have called
   */
  V2Session(int magic, byte[] secret, boolean initiating) {
    Hkdf keys = new Hkdf(secret, salt(magic));
    String us = initiating ? "initiator" : "responder";
    String them = initiating ? "responder" : "initiator";
    this.sendLength = new ForwardSecureStream(keys.key(us + "_L"));
    this.send = new ForwardSecureCipher(keys.key(us + "_P"));
    this.receiveLength = new ForwardSecureStream(keys.key(them + "_L"));
    this.receive = new ForwardSecureCipher(keys.key(them + "_P"));
    byte[] terminators = keys.key("garbage_terminators");
    byte[] first = Arrays.copyOf(terminators, TERMINATOR_SIZE);
    byte[] second = Arrays.copyOfRange(terminators, TERMINATOR_SIZE, terminators.length);
    this.sendTerminator = initiating ? first : second;
    this.receiveTerminator = initiating ? second : first;
    this.id = keys.key("session_id");
  }

  private static byte[] salt(int magic) {
    byte[] text = "bitcoin_v2_shared_secret".getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(text.length + Integer.BYTES).put(text).putInt(magic).array();
  }

  /** What ends our garbage. */
  byte[] sendTerminator() {
    return sendTerminator.clone();
  }

  /** What ends theirs. */
  byte[] receiveTerminator() {
    return receiveTerminator.clone();
  }

  /** The same on both sides, if nobody stands between: 32 bytes. */
  byte[] id() {
    return id.clone();
  }

  /**
   * The next packet.
   *
   * @param associated is authenticated too: our garbage with the first packet, then nothing
   * @param ignore whether the other side is to take no notice of it
   */
  byte[] encrypt(byte[] contents, byte[] associated, boolean ignore) {
    byte[] length = {
      (byte) contents.length, (byte) (contents.length >>> 8), (byte) (contents.length >>> 16)
    };
    byte[] packet =
        Arrays.copyOf(sendLength.crypt(length), LENGTH_SIZE + OVERHEAD + contents.length);
    packet[LENGTH_SIZE] = (byte) (ignore ? IGNORE : 0);
    System.arraycopy(contents, 0, packet, LENGTH_SIZE + 1, contents.length);
    send.encrypt(packet, LENGTH_SIZE, associated);
    return packet;
  }

  /** How long the contents of the next packet are, from its first bytes. */
  int decryptLength(byte[] hidden) {
    byte[] length = receiveLength.crypt(hidden);
    return (length[0] & 0xff) | ((length[1] & 0xff) << 8) | ((length[2] & 0xff) << 16);
  }

  /**
   * A packet that nobody has changed.
   *
   * @param contents what it carries, to be read
   * @param ignore whether we are to take no notice of it
   */
  record Packet(ByteReader contents, boolean ignore) {}

  /**
   * The rest of a packet.
   *
   * @param rest {@link #OVERHEAD} more bytes than its contents; is decrypted in place
   * @param associated what came as garbage, with the first packet; then nothing
   * @return empty where somebody has changed it; then the connection has to end
   */
  Optional<Packet> decrypt(byte[] rest, byte[] associated) {
    if (!receive.decrypt(rest, associated)) {
      return Optional.empty();
    }
    ByteReader contents = new ByteReader(rest, 1, rest.length - OVERHEAD);
    return Optional.of(new Packet(contents, (rest[0] & IGNORE) != 0));
  }
}
