package org.farthing.node.config;

/** Which Bitcoin Core programs may take the node for. */
public final class CoreVersion {
  /** As {@code getnetworkinfo} tells it: 31.0.0. */
  public static final int NUMBER = 310_000;

  private CoreVersion() {}
}
