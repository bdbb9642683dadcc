package org.farthing.node.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Where a proxy listens. */
public sealed interface ProxyAddress {
  /** On a port. */
  record Port(InetSocketAddress socket) implements ProxyAddress {}

  /** On a socket in the file system. */
  record Unix(String path) implements ProxyAddress {}

  /** What paths begin with. */
  String UNIX = "unix:";

  /** As long as a path can be: the system has 108 bytes for it, one of them for its end. */
  int MAX_PATH = 107;

  /** The port of Tor's proxy. */
  int SOCKS_PORT = 9050;

  /**
   * Reads {@code host}, {@code host:port} or {@code unix:path}.
   *
   * @param option its name in Bitcoin Core, for messages
   * @param usualPort where none is given
   * @param lookup whether names are looked up; once, here
   */
  static ProxyAddress parse(String text, String option, int usualPort, boolean lookup)
      throws ConfigException {
    if (isPath(text)) {
      return new Unix(text.substring(UNIX.length()));
    }
    return new Port(socket(text, option, usualPort, lookup));
  }

  /** The same where no path is allowed. */
  static Port parsePort(String text, String option, int usualPort, boolean lookup)
      throws ConfigException {
    return new Port(socket(text, option, usualPort, lookup));
  }

  private static boolean isPath(String text) {
    return text.startsWith(UNIX)
        && text.length() > UNIX.length()
        && text.length() - UNIX.length() <= MAX_PATH;
  }

  private static InetSocketAddress socket(String text, String option, int usualPort, boolean lookup)
      throws ConfigException {
    BindAddress parts;
    if (text.startsWith(UNIX)) {
      throw invalid(text, option);
    }
    try {
      parts = BindAddress.parse(text, option);
    } catch (ConfigException e) {
      throw e.getMessage().startsWith("Invalid port") ? e : invalid(text, option);
    }
    if (!lookup && !Subnet.isNumeric(parts.host())) {
      throw invalid(text, option);
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(parts.host()), parts.portOr(usualPort));
    } catch (UnknownHostException e) {
      throw invalid(text, option);
    }
  }

  private static ConfigException invalid(String text, String option) {
    return new ConfigException("Invalid -" + option + " address or hostname: '" + text + "'");
  }
}
