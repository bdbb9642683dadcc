package org.farthing.node.i2p;

import java.util.Arrays;
import java.util.Base64;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.node.wire.AddressNetwork;
import org.farthing.node.wire.NetAddress;

/**
 * The secret behind an address of I2P, as bridges write it: the destination, which others see, then
 * the keys. The destination is of 387 bytes, with a certificate behind it whose length its last two
 * bytes tell; the address is its hash (I2P's Common Structures specification).
 */
public final class I2pKey {
  private static final int DESTINATION_SIZE = 387;

  private final byte[] bytes;

  private I2pKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A key as it stands in a file.
   *
   * @throws SamException if it is too short to be one
   */
  public static I2pKey of(byte[] bytes) throws SamException {
    if (bytes.length < DESTINATION_SIZE || bytes.length < destinationSize(bytes)) {
      throw new SamException("a private key of " + bytes.length + " bytes is too short");
    }
    return new I2pKey(bytes.clone());
  }

  /**
   * A key as a bridge tells it.
   *
   * @throws SamException if it is none
   */
  public static I2pKey parse(String base64) throws SamException {
    return of(decode(base64));
  }

  /**
   * The address of a destination as a bridge tells it.
   *
   * @throws SamException if it is none
   */
  public static NetAddress addressOf(String destination) throws SamException {
    return addressOf(decode(destination));
  }

  private static NetAddress addressOf(byte[] destination) {
    return NetAddress.of(AddressNetwork.I2P, Sha256.hash(destination), NetAddress.I2P_PORT);
  }

  /** I2P has its own last two characters. */
  private static byte[] decode(String base64) throws SamException {
    try {
      return Base64.getUrlDecoder().decode(base64.replace('_', '!').replace('~', '_'));
    } catch (IllegalArgumentException e) {
      throw new SamException("not in the Base64 of I2P: " + base64);
    }
  }

  private static int destinationSize(byte[] key) {
    int high = key[DESTINATION_SIZE - 2] & 0xff;
    int low = key[DESTINATION_SIZE - 1] & 0xff;
    return DESTINATION_SIZE + (high << 8 | low);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** As a bridge takes it. */
  public String toBase64() {
    return Base64.getUrlEncoder().encodeToString(bytes).replace('_', '~');
  }

  /** Under which others reach its owner. */
  public NetAddress address() {
    return addressOf(Arrays.copyOf(bytes, destinationSize(bytes)));
  }

  /** Nothing secret. */
  @Override
  public String toString() {
    return "the key of " + address();
  }
}
