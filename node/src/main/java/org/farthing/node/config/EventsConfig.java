package org.farthing.node.config;

import java.util.List;

/**
 * The event stream.
 *
 * @param maxMib of events that are kept
 * @param maxHours that an event is kept
 * @param origins web pages of which origins may read it in a browser, such as {@code
 *     https://shop.example}
 */
public record EventsConfig(int maxMib, int maxHours, List<String> origins) {
  public EventsConfig {
    origins = List.copyOf(origins);
  }
}
