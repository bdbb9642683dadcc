package org.farthing.node.rpc.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.farthing.node.config.RpcLogin;

/** Tells from HTTP's Basic credentials (RFC 7617) who calls. */
final class Authenticator {
  static final String SCHEME = "Basic ";

  private final List<RpcLogin> logins;

  Authenticator(List<RpcLogin> logins) {
    this.logins = List.copyOf(logins);
  }

  /**
   * @param header the value of {@code Authorization}
   * @return the user, or empty if the credentials are wrong
   */
  Optional<String> user(String header) {
    if (!header.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String pair;
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(SCHEME.length()).trim());
      pair = new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String user = pair.substring(0, colon);
    String password = pair.substring(colon + 1);
    boolean known = logins.stream().anyMatch(login -> login.matches(user, password));
    return known ? Optional.of(user) : Optional.empty();
  }
}
