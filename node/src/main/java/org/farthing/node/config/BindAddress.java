package org.farthing.node.config;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Where to listen: an address of this machine, and perhaps a port of its own.
 *
 * @param host numeric, without brackets
 * @param port empty for the usual one; 0 lets the system choose
 * @param onion connections here come from a Tor service
 */
public record BindAddress(String host, OptionalInt port, boolean onion) {
  /** All addresses of this machine. */
  public static final BindAddress EVERYWHERE =
      new BindAddress("0.0.0.0", OptionalInt.empty(), false);

  private static final String ONION = "=onion";
  private static final int MAX_PORT = 65_535;

  /**
   * Reads {@code host}, {@code host:port}, {@code [host]:port}, each perhaps with {@code =onion}.
   */
  public static BindAddress parse(String text) throws ConfigException {
    return parse(text, "bind");
  }

  /**
   * The same, for another option than {@code -bind}.
   *
   * @param option its name in Bitcoin Core, for messages
   */
  static BindAddress parse(String text, String option) throws ConfigException {
    boolean onion = text.endsWith(ONION);
    String address = onion ? text.substring(0, text.length() - ONION.length()) : text;
    int colon = address.lastIndexOf(':');
    boolean bracketed = address.startsWith("[");
    boolean hasPort =
        bracketed ? colon > address.indexOf(']') : colon >= 0 && colon == address.indexOf(':');
    String host = hasPort ? address.substring(0, colon) : address;
    if (bracketed) {
      if (!host.endsWith("]")) {
        throw cannotResolve(text, option);
      }
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty()) {
      throw cannotResolve(text, option);
    }
    OptionalInt port =
        hasPort
            ? OptionalInt.of(port(address.substring(colon + 1), text, option))
            : OptionalInt.empty();
    return new BindAddress(host, port, onion);
  }

  private static int port(String digits, String whole, String option) throws ConfigException {
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > MAX_PORT) {
      throw new ConfigException("Invalid port specified in -" + option + ": '" + whole + "'");
    }
    return Integer.parseInt(digits);
  }

  private static ConfigException cannotResolve(String text, String option) {
    return new ConfigException("Cannot resolve -" + option + " address: '" + text + "'");
  }

  /** The usual port of such an address, where peers are usually waited for at this one. */
  public int usualPort(int peers) {
    return onion && peers != 0 ? peers + 1 : peers;
  }

  /**
   * @param port where peers are usually waited for
   * @throws ConfigException if two would be the same socket
   */
  static void checkDistinct(List<BindAddress> binds, int port) throws ConfigException {
    Set<String> sockets = new HashSet<>();
    for (BindAddress bind : binds) {
      int its = bind.portOr(bind.usualPort(port));
      boolean isIpv6 = bind.host.indexOf(':') >= 0;
      String socket = (isIpv6 ? "[" + bind.host + "]" : bind.host) + ":" + its;
      // The system gives each another port for 0.
      if (its != 0 && !sockets.add(socket)) {
        throw new ConfigException(
            ("Duplicate binding configuration for address %s. Please check your -bind,"
                    + " -bind=...=onion and -whitebind settings.")
                .formatted(socket));
      }
    }
  }

  public int portOr(int usual) {
    return port.orElse(usual);
  }
}
