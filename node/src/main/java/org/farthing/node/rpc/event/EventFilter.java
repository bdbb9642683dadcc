package org.farthing.node.rpc.event;

import java.util.Set;
import org.farthing.node.events.Event;
import org.farthing.node.events.EventKind;
import org.farthing.node.events.TxFacts;

/**
 * Which events somebody wants.
 *
 * @param scripts marks of those of which at least one has to concern a transaction; empty: all
 *     transactions. Blocks concern everybody.
 */
public record EventFilter(Set<EventKind> kinds, Set<Long> scripts) {
  public EventFilter {
    kinds = Set.copyOf(kinds);
    scripts = Set.copyOf(scripts);
  }

  public boolean accepts(Event event) {
    return kinds.contains(event.kind()) && concerns(event);
  }

  private boolean concerns(Event event) {
    if (event instanceof Event.TxAdded added) {
      return concerns(added.tx());
    }
    return !(event instanceof Event.TxRemoved removed) || concerns(removed.tx());
  }

  private boolean concerns(TxFacts tx) {
    return scripts.isEmpty() || tx.scripts().stream().anyMatch(scripts::contains);
  }
}
