package org.farthing.node.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The options of peers that may do what others may not. */
final class WhitelistReader {
  private WhitelistReader() {}

  static Whitelist read(OptionReader in) throws ConfigException {
    Set<NetPermission> implicit = implicit(in);
    List<Whitelist.Rule> rules = new ArrayList<>();
    for (String text : in.all(Option.WHITELIST)) {
      rules.add(Whitelist.parse(text, implicit));
    }
    List<Whitelist.Door> doors = new ArrayList<>();
    for (String text : in.allAsGiven(Option.WHITE_BIND)) {
      doors.add(Whitelist.parseDoor(text, implicit));
    }
    return new Whitelist(rules, doors);
  }

  /** For a node that wants blocks only, to let a peer relay takes the word itself. */
  private static Set<NetPermission> implicit(OptionReader in) throws ConfigException {
    Set<NetPermission> implicit = EnumSet.of(NetPermission.NOBAN, NetPermission.MEMPOOL);
    if (in.flag(Option.WHITELIST_RELAY, !in.flag(Option.BLOCKS_ONLY, false))) {
      implicit.add(NetPermission.RELAY);
    }
    if (in.flag(Option.WHITELIST_FORCE_RELAY, false)) {
      implicit.add(NetPermission.FORCERELAY);
    }
    return implicit;
  }
}
