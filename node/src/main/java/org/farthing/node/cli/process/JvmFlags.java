package org.farthing.node.cli.process;

import java.util.List;

/** The flags that the launcher gives to the JVM of a node. */
final class JvmFlags {
  /** Set by the launcher: the flags, separated by spaces. */
  private static final String PROPERTY = "farthing.node.flags";

  private JvmFlags() {}

  static List<String> ofNodes() {
    String flags = System.getProperty(PROPERTY, "").strip();
    return flags.isEmpty() ? List.of() : List.of(flags.split("\\s+"));
  }
}
