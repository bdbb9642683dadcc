package org.farthing.node.transport;

import org.farthing.node.config.ProxyAddress;
import org.farthing.node.wire.NetAddress;

/**
 * What leads to peers that are not called directly.
 *
 * @param isolated each connection gets credentials of its own: Tor takes another way for each; in
 *     I2P it comes from an address of its own
 */
public record Proxy(ProxyAddress address, boolean isolated) {
  /** The same, isolated. */
  public Proxy asStranger() {
    return new Proxy(address, true);
  }

  /** As Bitcoin Core writes it: {@code 127.0.0.1:9050}, {@code unix:/run/tor/socks}. */
  @Override
  public String toString() {
    return address instanceof ProxyAddress.Port port
        ? NetAddress.of(port.socket()).toString()
        : ProxyAddress.UNIX + ((ProxyAddress.Unix) address).path();
  }
}
