package org.farthing.node.config;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which peers may do what others may not ({@code -whitelist}). */
public record Whitelist(List<Rule> rules) {
  /** What a rule without permissions gives. */
  private static final Set<NetPermission> IMPLICIT =
      Set.of(NetPermission.NOBAN, NetPermission.MEMPOOL, NetPermission.RELAY);

  /** The same for a node that wants blocks only: to let a peer relay takes the word itself. */
  private static final Set<NetPermission> IMPLICIT_FOR_BLOCKS_ONLY =
      Set.of(NetPermission.NOBAN, NetPermission.MEMPOOL);

  public Whitelist {
    rules = List.copyOf(rules);
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

  /** Reads {@code permission,permission@subnet}; without permissions the usual ones are meant. */
  static Rule parse(String text) throws ConfigException {
    return parse(text, IMPLICIT);
  }

  /** The same; the usual permissions do not include relay. */
  static Rule parseForBlocksOnly(String text) throws ConfigException {
    return parse(text, IMPLICIT_FOR_BLOCKS_ONLY);
  }

  private static Rule parse(String text, Set<NetPermission> implicit) throws ConfigException {
    int at = text.indexOf('@');
    String range = text.substring(at + 1);
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
    Subnet peers =
        Subnet.parse(range)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "Invalid netmask specified in -whitelist: '" + range + "'"));
    return new Rule(peers, NetPermission.closure(permissions), in || !out, out);
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
}
