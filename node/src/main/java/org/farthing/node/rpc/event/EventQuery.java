package org.farthing.node.rpc.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.node.events.Cursor;
import org.farthing.node.events.EventKind;
import org.farthing.node.events.EventLog;
import org.farthing.node.events.TxFacts;
import org.farthing.node.rpc.event.EventRefusal.Reason;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;

/**
 * What somebody wants to read.
 *
 * @param from sequence of the first event
 */
public record EventQuery(long from, EventFilter filter) {
  private static final String FIRST = "first";
  private static final int MAX_SCRIPTS = 1_000;

  /** A name and a value of the query, both decoded. */
  public record Parameter(String name, String value) {}

  /**
   * Reads {@code since}, {@code kind}, {@code address} and {@code script}.
   *
   * @param lastEventId what the client says that it has read (SSE); it counts before {@code since}
   */
  public static EventQuery of(
      List<Parameter> parameters, Optional<String> lastEventId, EventLog log, Network network)
      throws EventRefusal {
    Optional<String> since = lastEventId.filter(id -> !id.isEmpty());
    Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
    Set<Long> scripts = new HashSet<>();
    List<String> named = new ArrayList<>();
    for (Parameter parameter : parameters) {
      switch (parameter.name()) {
        case "since" -> named.add(parameter.value());
        case "kind" -> {
          for (String label : parameter.value().split(",", -1)) {
            kinds.add(kind(label));
          }
        }
        case "address" -> scripts.add(TxFacts.mark(address(parameter.value(), network)));
        case "script" -> scripts.add(TxFacts.mark(script(parameter.value())));
        default -> throw malformed("unknown parameter: " + parameter.name());
      }
    }
    if (named.size() > 1 || scripts.size() > MAX_SCRIPTS) {
      throw malformed("too many values of a parameter");
    }
    if (kinds.isEmpty()) {
      kinds.addAll(Arrays.asList(EventKind.values()));
    }
    return new EventQuery(
        from(since.or(() -> named.stream().findFirst()), log), new EventFilter(kinds, scripts));
  }

  private static long from(Optional<String> since, EventLog log) throws EventRefusal {
    EventLog.State state = log.state();
    if (since.isEmpty()) {
      return state.next();
    }
    if (since.get().equals(FIRST)) {
      return state.first();
    }
    Cursor cursor =
        Cursor.parse(since.get()).orElseThrow(() -> malformed("no cursor: " + since.get()));
    if (cursor.log() != log.id() || cursor.sequence() >= state.next()) {
      throw new EventRefusal(
          Reason.OTHER_LOG, "The cursor is of another log: begin anew, with what is there now.");
    }
    check(cursor.sequence() + 1, state);
    return cursor.sequence() + 1;
  }

  /**
   * @throws EventRefusal if the event is forgotten
   */
  public static void check(long from, EventLog.State state) throws EventRefusal {
    if (from < state.first()) {
      throw new EventRefusal(
          Reason.TOO_OLD,
          "What came after the cursor is forgotten: begin anew, with what is there now.");
    }
  }

  private static EventKind kind(String label) throws EventRefusal {
    return EventKind.labelled(label).orElseThrow(() -> malformed("unknown kind: " + label));
  }

  private static Script address(String text, Network network) throws EventRefusal {
    try {
      return Address.parse(text, network).toScript();
    } catch (WalletException e) {
      throw malformed("no address: " + text);
    }
  }

  private static Script script(String hex) throws EventRefusal {
    try {
      return Script.parse(hex);
    } catch (DecodeException e) {
      throw malformed("no script: " + hex);
    }
  }

  private static EventRefusal malformed(String message) {
    return new EventRefusal(Reason.MALFORMED, message);
  }
}
