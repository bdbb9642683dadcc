package org.farthing.node.app;

import java.util.List;

/** How the node names itself to peers (BIP-0014). */
final class UserAgent {
  private static final String NAME = "Farthing";

  private UserAgent() {}

  static String of(List<String> comments) {
    String inBrackets = comments.isEmpty() ? "" : "(" + String.join("; ", comments) + ")";
    return "/" + NAME + ":" + version() + inBrackets + "/";
  }

  /** As the build says; outside a packaged build there is none. */
  static String version() {
    String version = UserAgent.class.getPackage().getImplementationVersion();
    return version == null ? "0.0.0" : version.replace("-SNAPSHOT", "");
  }
}
