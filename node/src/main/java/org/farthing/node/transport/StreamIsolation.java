package org.farthing.node.transport;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Credentials for a proxy, never the same twice. Tor takes another way through its network for each
 * pair ({@code IsolateSOCKSAuth}), so that nobody can tell that two connections come from one node.
 * No two runs have one in common either.
 */
final class StreamIsolation {
  private static final int PREFIX_BYTES = 8;

  private final String prefix;
  private final AtomicLong next = new AtomicLong();

  StreamIsolation() {
    byte[] random = new byte[PREFIX_BYTES];
    new SecureRandom().nextBytes(random);
    prefix = HexFormat.of().formatHex(random) + "-";
  }

  /** User and password of the next connection. */
  String next() {
    return prefix + next.getAndIncrement();
  }
}
