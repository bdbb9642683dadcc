package org.farthing.node.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which peers may do what others may not.
 *
 * @param rules by the address of the peer ({@code -whitelist})
 * @param doors by the address of ours that it calls ({@code -whitebind})
 */
public record Whitelist(List<Rule> rules, List<Door> doors) {
  public Whitelist {
    rules = List.copyOf(rules);
    doors = List.copyOf(doors);
  }

  /** Without doors. */
  public Whitelist(List<Rule> rules) {
    this(rules, List.of());
  }

  /**
   * @param inbound whether it holds for those who connect to us
   * @param outbound whether it holds for those to whom we connect
   */
  public record Rule(
      Subnet peers, Set<NetPermission> permissions, boolean inbound, boolean outbound) {
    public Rule {
      permissions = Set.copyOf(permissions);
    }
  }

  /**
   * @param at with a port
   */
  public record Door(BindAddress at, Set<NetPermission> permissions) {
    private static final Set<String> ANY_HOST = Set.of("0.0.0.0", "::");

    public Door {
      permissions = Set.copyOf(permissions);
    }

    private boolean isAt(InetSocketAddress local) {
      return at.portOr(0) == local.getPort()
          && (ANY_HOST.contains(at.host())
              || at.host().equals(local.getAddress().getHostAddress()));
    }
  }

  /** The words before the {@code @}, read. */
  private record Words(Set<NetPermission> permissions, boolean in, boolean out, String rest) {}

  /**
   * Reads {@code permission,permission@subnet}.
   *
   * @param implicit what a rule without permissions gives
   */
  static Rule parse(String text, Set<NetPermission> implicit) throws ConfigException {
    Words words = words(text, implicit);
    Subnet peers =
        Subnet.parse(words.rest())
            .orElseThrow(
                () ->
                    new ConfigException(
                        "Invalid netmask specified in -whitelist: '" + words.rest() + "'"));
    return new Rule(peers, words.permissions(), words.in() || !words.out(), words.out());
  }

  /**
   * Reads {@code permission,permission@host:port}.
   *
   * @param implicit what a door without permissions gives
   */
  static Door parseDoor(String text, Set<NetPermission> implicit) throws ConfigException {
    Words words = words(text, implicit);
    BindAddress at = BindAddress.parse(words.rest(), "whitebind");
    if (at.host().contains("/")) {
      throw new ConfigException("Cannot resolve -whitebind address: '" + words.rest() + "'");
    }
    if (at.portOr(0) == 0) {
      throw new ConfigException("Need to specify a port with -whitebind: '" + words.rest() + "'");
    }
    return new Door(at, words.permissions());
  }

  private static Words words(String text, Set<NetPermission> implicit) throws ConfigException {
    int at = text.indexOf('@');
    Set<NetPermission> permissions = EnumSet.noneOf(NetPermission.class);
    boolean in = false;
    boolean out = false;
    for (String word : text.substring(0, Math.max(at, 0)).split(",", -1)) {
      switch (word) {
        case "" -> {}
        case "in" -> in = true;
        case "out" -> out = true;
        case "all" -> permissions.addAll(EnumSet.allOf(NetPermission.class));
        case "bloom" -> permissions.add(NetPermission.BLOOMFILTER);
        default ->
            permissions.add(
                NetPermission.named(word)
                    .orElseThrow(
                        () -> new ConfigException("Invalid P2P permission: '" + word + "'")));
      }
    }
    if (at < 0) {
      permissions.addAll(implicit);
    } else if (permissions.isEmpty() && (in || out)) {
      throw new ConfigException("Only direction was set, no permissions: '" + text + "'");
    }
    return new Words(NetPermission.closure(permissions), in, out, text.substring(at + 1));
  }

  /** What a peer of this address may do. */
  public Set<NetPermission> of(InetAddress address, boolean inbound) {
    Set<NetPermission> all = EnumSet.noneOf(NetPermission.class);
    rules.stream()
        .filter(rule -> inbound ? rule.inbound() : rule.outbound())
        .filter(rule -> rule.peers().contains(address))
        .forEach(rule -> all.addAll(rule.permissions()));
    return all;
  }

  /** What somebody may do who called this address of ours. */
  public Set<NetPermission> of(InetSocketAddress local) {
    Set<NetPermission> all = EnumSet.noneOf(NetPermission.class);
    doors.stream().filter(door -> door.isAt(local)).forEach(it -> all.addAll(it.permissions()));
    return all;
  }
}
