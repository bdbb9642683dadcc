package org.farthing.node.rpc.electrum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Sha256;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.electrum.ElectrumPort.Confirmed;
import org.farthing.node.rpc.electrum.ElectrumPort.Unspent;
import org.farthing.node.rpc.electrum.MempoolScripts.Waiting;
import org.farthing.node.rpc.json.Json;

/** {@code blockchain.scripthash.*}: the history of a script in the chain and in the mempool. */
final class ScriptCalls {
  /** Who needs more uses the node's own methods, which answer in pages. */
  private static final int MAX_HISTORY = 100_000;

  private static final int CONFIRMED_BY_WAITING = -1;

  private final ElectrumPort node;
  private final MempoolScripts waiting = new MempoolScripts();

  ScriptCalls(ElectrumPort node) {
    this.node = node;
  }

  private List<Confirmed> confirmed(ScriptHash script) throws ElectrumException {
    List<Confirmed> confirmed = node.history(script, MAX_HISTORY);
    if (confirmed.size() > MAX_HISTORY) {
      throw ElectrumException.badRequest("history too large");
    }
    return confirmed;
  }

  private List<Waiting> waiting(ScriptHash script, MempoolSnapshot mempool) {
    return waiting.of(script, mempool, node.chain());
  }

  JsonNode history(ScriptHash script) throws ElectrumException {
    ArrayNode history = Json.array();
    for (Confirmed each : confirmed(script)) {
      ObjectNode item = history.addObject();
      item.put("tx_hash", each.txid().toString());
      item.put("height", each.height());
    }
    MempoolSnapshot mempool = node.mempool();
    waiting(script, mempool).forEach(each -> add(history, each, mempool));
    return history;
  }

  JsonNode mempool(ScriptHash script) {
    MempoolSnapshot mempool = node.mempool();
    ArrayNode history = Json.array();
    waiting(script, mempool).forEach(each -> add(history, each, mempool));
    return history;
  }

  private static void add(ArrayNode history, Waiting each, MempoolSnapshot mempool) {
    ObjectNode item = history.addObject();
    item.put("tx_hash", each.txid().toString());
    item.put("height", heightOf(each, mempool));
    item.put("fee", each.entry().feeSat());
  }

  /** 0, or -1 where it spends what waits itself. */
  private static int heightOf(Waiting each, MempoolSnapshot mempool) {
    return mempool.parents(each.entry()).isEmpty() ? 0 : CONFIRMED_BY_WAITING;
  }

  JsonNode balance(ScriptHash script) {
    MempoolSnapshot mempool = node.mempool();
    ObjectNode balance = Json.object();
    balance.put("confirmed", node.balanceSat(script));
    balance.put(
        "unconfirmed", waiting(script, mempool).stream().mapToLong(Waiting::deltaSat).sum());
    return balance;
  }

  JsonNode unspent(ScriptHash script) {
    MempoolSnapshot mempool = node.mempool();
    ArrayNode list = Json.array();
    for (Unspent coin : node.coins(script)) {
      if (mempool.spender(coin.outPoint()).isEmpty()) {
        add(list, coin.outPoint(), coin.valueSat(), coin.height());
      }
    }
    for (OutPoint outPoint : MempoolScripts.unspent(script, waiting(script, mempool), mempool)) {
      mempool
          .get(outPoint.txid())
          .map(entry -> entry.transaction().outputs().get(outPoint.index()).valueSat())
          .ifPresent(valueSat -> add(list, outPoint, valueSat, 0));
    }
    return list;
  }

  private static void add(ArrayNode list, OutPoint outPoint, long valueSat, int height) {
    ObjectNode item = list.addObject();
    item.put("tx_hash", outPoint.txid().toString());
    item.put("tx_pos", outPoint.index());
    item.put("height", height);
    item.put("value", valueSat);
  }

  /** A hash of the history, so that a client sees whether it has changed; null if there is none. */
  JsonNode status(ScriptHash script) throws ElectrumException {
    MempoolSnapshot mempool = node.mempool();
    StringBuilder text = new StringBuilder();
    for (Confirmed each : confirmed(script)) {
      text.append(each.txid()).append(':').append(each.height()).append(':');
    }
    for (Waiting each : waiting(script, mempool)) {
      text.append(each.txid()).append(':').append(heightOf(each, mempool)).append(':');
    }
    return text.isEmpty()
        ? Json.nothing()
        : Json.text(Hex.encode(Sha256.hash(text.toString().getBytes(StandardCharsets.UTF_8))));
  }
}
