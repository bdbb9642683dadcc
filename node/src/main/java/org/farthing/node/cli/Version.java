package org.farthing.node.cli;

import java.util.Optional;

/** Which Farthing this is: what the jar's manifest says. */
final class Version {
  static final String NUMBER =
      Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
          .orElse("(not from a jar)");

  private Version() {}
}
