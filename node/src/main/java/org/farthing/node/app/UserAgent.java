package org.farthing.node.app;

import java.util.List;

/** How the node names itself to peers (BIP-0014). */
final class UserAgent {
  private static final String NAME = "Farthing";

  /** Of characters, which are bytes here. */
  private static final int MAX_LENGTH = 256;

  private UserAgent() {}

  /**
   * @throws StartException if peers would take it for too long
   */
  static void check(List<String> comments) throws StartException {
    int length = of(comments).length();
    if (length > MAX_LENGTH) {
      throw new StartException(
          ("Total length of network version string (%d) exceeds maximum length (%d). Reduce the"
                  + " number or size of uacomments.")
              .formatted(length, MAX_LENGTH));
    }
  }

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
