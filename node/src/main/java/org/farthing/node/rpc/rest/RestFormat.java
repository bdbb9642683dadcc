package org.farthing.node.rpc.rest;

import java.util.Arrays;
import java.util.Locale;

/** In which form a resource is wanted: what follows the last point of its path. */
enum RestFormat {
  BIN,
  HEX,
  JSON,
  /** A point with nothing after it, or no point. */
  NONE;

  /** As it is written: {@code bin}; empty for none. */
  String suffix() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }

  /**
   * A path taken apart.
   *
   * @param path without a suffix that is a format; what else follows a point is part of it
   */
  record Split(String path, RestFormat format) {}

  static Split split(String path) {
    int point = path.lastIndexOf('.');
    String suffix = path.substring(point + 1);
    if (point < 0) {
      return new Split(path, NONE);
    }
    return Arrays.stream(values())
        .filter(format -> format.suffix().equals(suffix))
        .findFirst()
        .map(format -> new Split(path.substring(0, point), format))
        .orElseGet(() -> new Split(path, NONE));
  }
}
