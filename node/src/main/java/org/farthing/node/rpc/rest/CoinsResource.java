package org.farthing.node.rpc.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;

/**
 * {@code getutxos}: which of some outputs are unspent, by URI or as a body in the form of BIP-0064;
 * with {@code checkmempool} as if everything that waits were confirmed.
 */
final class CoinsResource implements RestResource {
  /** In the place of a height, for what is in no block yet. */
  private static final int UNCONFIRMED_HEIGHT = 0x7fffffff;

  /** A reader that is overtaken by blocks so often asks the node's thread. */
  private static final int ATTEMPTS = 3;

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final NodeCalls calls;
  private final ScriptJson scripts;

  CoinsResource(ChainPort chain, MempoolPort mempool, NodeCalls calls) {
    this.chain = chain;
    this.mempool = mempool;
    this.calls = calls;
    this.scripts = new ScriptJson(chain.params().network());
  }

  /** The coins in the order of the question, as of one tip. */
  private record Answer(ChainSnapshot now, List<Optional<Coin>> coins) {
    List<Coin> found() {
      return coins.stream().flatMap(Optional::stream).toList();
    }
  }

  @Override
  public Reply get(RestRequest request) {
    CoinsQuery query = CoinsQuery.of(request);
    Answer answer = answer(query);
    return RestContent.changing(request, () -> bytes(answer), () -> json(answer));
  }

  /** Coins are read as of the tip at the moment of reading: both must be of the same moment. */
  private Answer answer(CoinsQuery query) {
    for (int i = 0; i < ATTEMPTS; i++) {
      ChainSnapshot before = chain.snapshot();
      Answer answer = read(query, before);
      if (chain.snapshot().tip() == before.tip()) {
        return answer;
      }
    }
    return calls.call(() -> read(query, chain.snapshot()));
  }

  private Answer read(CoinsQuery query, ChainSnapshot now) {
    CoinView view = query.withMempool() ? withMempool(now) : now.chain();
    return new Answer(now, query.outPoints().stream().map(view::coin).toList());
  }

  private CoinView withMempool(ChainSnapshot now) {
    MempoolSnapshot waiting = mempool.snapshot();
    CoinView unspent = waiting.unspent(now.chain(), now.height() + 1);
    return outPoint -> unspent.coin(outPoint).map(coin -> marked(coin, outPoint, waiting));
  }

  private static Coin marked(Coin coin, OutPoint outPoint, MempoolSnapshot waiting) {
    return waiting.contains(outPoint.txid())
        ? new Coin(coin.output(), UNCONFIRMED_HEIGHT, false)
        : coin;
  }

  private static byte[] bytes(Answer answer) {
    byte[] bitmap = new byte[(answer.coins().size() + Byte.SIZE - 1) / Byte.SIZE];
    for (int i = 0; i < answer.coins().size(); i++) {
      if (answer.coins().get(i).isPresent()) {
        bitmap[i / Byte.SIZE] |= (byte) (1 << (i % Byte.SIZE));
      }
    }
    ByteWriter out = new ByteWriter();
    out.int32(answer.now().height()).bytes(answer.now().tip().hash().toByteArray());
    out.varBytes(bitmap).compactSize(answer.found().size());
    for (Coin coin : answer.found()) {
      // Where a transaction's version once stood.
      out.uint32(0).int32(coin.height());
      coin.output().writeTo(out);
    }
    return out.toByteArray();
  }

  private JsonNode json(Answer answer) {
    ObjectNode json = Json.object();
    json.put("chainHeight", answer.now().height());
    json.put("chaintipHash", answer.now().tip().hash().toString());
    StringBuilder bitmap = new StringBuilder();
    answer.coins().forEach(coin -> bitmap.append(coin.isPresent() ? '1' : '0'));
    json.put("bitmap", bitmap.toString());
    ArrayNode list = json.putArray("utxos");
    for (Coin coin : answer.found()) {
      ObjectNode item = list.addObject();
      item.put("height", coin.height());
      item.set("value", Json.amount(coin.output().valueSat()));
      item.set("scriptPubKey", scripts.output(coin.output().scriptPubKey()));
    }
    return json;
  }
}
