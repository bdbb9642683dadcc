package org.farthing.node.peer;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.farthing.node.config.NetPermission;
import org.farthing.node.config.Whitelist;
import org.farthing.node.transport.Connection;
import org.farthing.node.wire.NetAddress;

/**
 * Who is let in, and what he may do.
 *
 * @param places for those who call us
 */
record Doorkeeper(Whitelist whitelist, BanList bans, int places) {
  Set<NetPermission> permissions(Connection connection) {
    Set<NetPermission> all = new LinkedHashSet<>();
    connection
        .remote()
        .toSocketAddress()
        .map(socket -> whitelist.of(socket.getAddress(), connection.inbound()))
        .ifPresent(all::addAll);
    if (connection.inbound()) {
      connection.local().toSocketAddress().map(whitelist::of).ifPresent(all::addAll);
    }
    return all;
  }

  /**
   * Why somebody who calls us is not let in, in Bitcoin Core's words.
   *
   * @param inbound how many have called us and are here
   */
  Optional<String> refusal(NetAddress address, Set<NetPermission> permissions, int inbound) {
    boolean isSpared = permissions.contains(NetPermission.NOBAN);
    if (!isSpared && bans.isBanned(address)) {
      return Optional.of(dropped(address) + " (banned)");
    }
    if (!isSpared && inbound + 1 >= places && bans.isDiscouraged(address)) {
      return Optional.of(dropped(address) + " (discouraged)");
    }
    return Optional.empty();
  }

  static String dropped(NetAddress address) {
    return "connection from " + address + " dropped";
  }
}
