package org.farthing.node.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a peer may do that others may not. The names are Bitcoin Core's, in its order. */
public enum NetPermission {
  /** May ask for filtered blocks and transactions (BIP-0037). */
  BLOOMFILTER,
  /** Is not punished for what it sends, and is told of transactions at once. */
  NOBAN,
  /** Its transactions are passed on even if they are known already. */
  FORCERELAY,
  /** Its transactions are taken even by a node that wants blocks only. */
  RELAY,
  /** May ask for the whole mempool (BIP-0035). */
  MEMPOOL,
  /** Is served also when others are not: during the initial download, beyond the upload target. */
  DOWNLOAD,
  /** Gets fresh addresses each time that it asks. */
  ADDR;

  /** As options and RPC say it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<NetPermission> named(String label) {
    return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
  }

  /** With those that others imply. */
  static Set<NetPermission> closure(Set<NetPermission> given) {
    Set<NetPermission> all = EnumSet.noneOf(NetPermission.class);
    all.addAll(given);
    if (all.contains(FORCERELAY)) {
      all.add(RELAY);
    }
    if (all.contains(NOBAN)) {
      all.add(DOWNLOAD);
    }
    return all;
  }
}
