package org.farthing.node.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Hmac;

/**
 * A user of the RPC server. The password itself is not kept, only its HMAC-SHA256 under a salt, as
 * in Bitcoin Core's {@code -rpcauth=user:salt$hmac}.
 *
 * @param salt the key of the HMAC: these characters, not what they may be hex of
 * @param hmac 64 hexadecimal digits
 */
public record RpcLogin(String user, String salt, String hmac) {
  private static final int SALT_BYTES = 16;

  /** Reads {@code user:salt$hmac}. */
  public static RpcLogin parse(String text) throws ConfigException {
    int colon = text.indexOf(':');
    int dollar = text.indexOf('$', colon + 1);
    boolean single = text.indexOf(':', colon + 1) < 0 && text.indexOf('$', dollar + 1) < 0;
    if (colon <= 0 || dollar < 0 || !single) {
      throw new ConfigException("rpc-auth: expected user:salt$hmac");
    }
    return new RpcLogin(
        text.substring(0, colon), text.substring(colon + 1, dollar), text.substring(dollar + 1));
  }

  /** Takes a password in the clear, under a fresh salt. */
  public static RpcLogin ofPassword(String user, String password) {
    byte[] raw = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(raw);
    String salt = Hex.encode(raw);
    return new RpcLogin(user, salt, hmac(salt, password));
  }

  /** Compares in a time that does not depend on where the strings differ. */
  public boolean matches(String candidateUser, String password) {
    boolean sameUser = sameBytes(user, candidateUser);
    boolean samePassword = sameBytes(hmac, hmac(salt, password));
    return sameUser && samePassword;
  }

  private static boolean sameBytes(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private static String hmac(String salt, String password) {
    byte[] key = salt.getBytes(StandardCharsets.UTF_8);
    return Hex.encode(Hmac.sha256(key, password.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return "RpcLogin " + user;
  }
}
