package org.farthing.node.config;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which users may call which methods.
 *
 * @param methods by user; whoever is not named here may call all or nothing
 * @param onlyNamed whoever is not named may call nothing
 */
public record RpcWhitelist(Map<String, Set<String>> methods, boolean onlyNamed) {
  /** Everybody may call everything. */
  public static final RpcWhitelist OPEN = new RpcWhitelist(Map.of(), false);

  public RpcWhitelist {
    methods = Map.copyOf(methods);
  }

  /**
   * Reads {@code user:method,method,…}. What is said twice of a user holds both times: only methods
   * that stand in all lists are allowed.
   *
   * @param onlyNamed empty: if anybody is named
   */
  static RpcWhitelist parse(List<String> texts, Optional<Boolean> onlyNamed) {
    Map<String, Set<String>> all = new HashMap<>();
    for (String text : texts) {
      int colon = text.indexOf(':');
      String user = colon < 0 ? text : text.substring(0, colon);
      if (colon < 0) {
        all.putIfAbsent(user, Set.of());
        continue;
      }
      Set<String> listed = new HashSet<>(Arrays.asList(text.substring(colon + 1).split("[, ]")));
      Set<String> before = all.get(user);
      if (before != null) {
        listed.retainAll(before);
      }
      all.put(user, Set.copyOf(listed));
    }
    return new RpcWhitelist(all, onlyNamed.orElse(!texts.isEmpty()));
  }

  /** Whether a user may call anything at all. */
  public boolean admits(String user) {
    return !onlyNamed || methods.containsKey(user);
  }

  /** Whether a user who is admitted may call a method. */
  public boolean allows(String user, String method) {
    Set<String> listed = methods.get(user);
    return listed == null || listed.contains(method);
  }
}
