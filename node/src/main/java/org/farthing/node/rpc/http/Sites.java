package org.farthing.node.rpc.http;

import java.util.Optional;

/**
 * What a server has beside methods.
 *
 * @param open answers anybody
 * @param events streams of events
 */
public record Sites(Optional<OpenSite> open, Optional<EventSite> events) {
  /** Methods and nothing else. */
  public static final Sites NONE = new Sites(Optional.empty(), Optional.empty());
}
