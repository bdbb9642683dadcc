package org.farthing.node.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** What the operator should know, until it is over. Changed on the node's thread, read on any. */
final class Warnings {
  /** One warning of each kind stands at a time. */
  enum Kind {
    UNKNOWN_NEW_RULES,
    LARGE_WORK_INVALID_CHAIN,
    CLOCK_OUT_OF_SYNC
  }

  private final ConcurrentSkipListMap<Kind, String> current = new ConcurrentSkipListMap<>();
  private final Consumer<String> alert;

  /**
   * @param alert is told of each warning that was not there before
   */
  Warnings(Consumer<String> alert) {
    this.alert = alert;
  }

  /** Warns, unless a warning of this kind stands already: the first one stays. */
  void set(Kind kind, String text) {
    if (current.putIfAbsent(kind, text) == null) {
      alert.accept(text);
    }
  }

  void unset(Kind kind) {
    current.remove(kind);
  }

  /** The warnings that stand. */
  List<String> texts() {
    return List.copyOf(current.values());
  }

  /** All as of now. */
  Map<Kind, String> all() {
    return Map.copyOf(current);
  }

  /** Makes them what they were; nobody is alarmed. */
  void restore(Map<Kind, String> earlier) {
    current.putAll(earlier);
    current.keySet().retainAll(earlier.keySet());
  }
}
