package org.farthing.node.rpc.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.events.BlockFacts;
import org.farthing.node.events.Cursor;
import org.farthing.node.events.Event;
import org.farthing.node.events.EventLog;
import org.farthing.node.events.LoggedEvent;
import org.farthing.node.events.TxFacts;
import org.farthing.node.rpc.json.Json;

/** Messages of a stream in JSON; docs/events.md says what stands in them. */
public final class EventJson {
  private EventJson() {}

  /** An event of a log. */
  public static ObjectNode event(long log, LoggedEvent logged) {
    Event event = logged.event();
    ObjectNode json = message(event.kind().label(), new Cursor(log, logged.sequence()));
    json.put("time_millis", logged.timeMillis());
    if (event instanceof Event.BlockConnected connected) {
      block(json, connected.block());
    } else if (event instanceof Event.BlockDisconnected disconnected) {
      block(json, disconnected.block());
    } else if (event instanceof Event.TxAdded added) {
      tx(json, added.tx());
    } else if (event instanceof Event.TxRemoved removed) {
      tx(json, removed.tx());
      json.put("reason", removed.cause().label());
    }
    return json;
  }

  private static void block(ObjectNode json, BlockFacts block) {
    json.put("hash", block.hash().toString());
    json.put("previousblockhash", block.previous().toString());
    json.put("height", block.height());
    json.put("time", block.timeSeconds());
    json.put("nTx", block.transactions());
  }

  private static void tx(ObjectNode json, TxFacts tx) {
    json.put("txid", tx.txid().toString());
    json.put("wtxid", tx.wtxid().toString());
    json.put("vsize", tx.virtualSize());
    json.set("fee", Json.amount(tx.feeSat()));
  }

  /**
   * The first message: where the stream begins.
   *
   * @param read the sequence before the first event
   * @param state of the log now
   */
  public static ObjectNode open(long log, long read, EventLog.State state) {
    ObjectNode json = message("open", new Cursor(log, read));
    json.put("next", new Cursor(log, state.next() - 1).toString());
    json.put("hash", state.tip().hash().toString());
    json.put("height", state.tip().height());
    return json;
  }

  /** Nothing has come that the reader wants, and this far it has read. */
  public static ObjectNode heartbeat(long log, long read) {
    return message("heartbeat", new Cursor(log, read));
  }

  /** Why there is no stream, or no more of it. */
  public static ObjectNode failure(EventRefusal refusal) {
    return Json.object()
        .put("type", "error")
        .put("error", refusal.reason().label())
        .put("message", refusal.getMessage());
  }

  private static ObjectNode message(String type, Cursor cursor) {
    return Json.object().put("type", type).put("cursor", cursor.toString());
  }
}
