package org.farthing.node.rpc.http;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** How the log shows the other end of a connection. */
final class Peers {
  private Peers() {}

  /** {@code 127.0.0.1:1234} or {@code [::1]:1234}. */
  static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return String.valueOf(address);
    }
    String host = inet.getAddress().getHostAddress();
    return inet.getAddress() instanceof Inet6Address
        ? "[" + host.replaceFirst("%.*", "") + "]:" + inet.getPort()
        : host + ":" + inet.getPort();
  }
}
