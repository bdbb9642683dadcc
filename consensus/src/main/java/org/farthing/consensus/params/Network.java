package org.farthing.consensus.params;

/**
 * How a network is told from others on the wire and in text.
 *
 * @param name as in {@code --network} and in the data directory
 * @param magic the four bytes before each message, as they travel, in one big-endian number
 * @param bech32Prefix the human-readable part of segwit addresses (BIP-0173)
 */
public record Network(
    String name, int magic, Ports ports, String bech32Prefix, Base58Versions base58) {

  /** The default TCP ports. */
  public record Ports(int p2p, int rpc) {}

  /**
   * The version bytes of Base58Check; those of extended keys have four bytes (BIP-0032), in one
   * big-endian number.
   */
  public record Base58Versions(
      int p2pkh, int p2sh, int wif, int extendedPublicKey, int extendedPrivateKey) {}

  @Override
  public String toString() {
    return name;
  }
}
