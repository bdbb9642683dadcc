package org.farthing.node.rpc.method.address;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.index.AddressCoin;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;

/** {@code getaddressutxos}: all at once, or page by page. */
public final class GetAddressUtxos implements RpcMethod {
  private static final int MOST = 20_000;

  private static final Param<Boolean> CHAIN_INFO =
      Param.flag("chainInfo", "Whether to return the block up to which the answer is complete")
          .or(false);
  private static final Param<Integer> LIMIT =
      Param.integer("limit", "Return a page of at most so many outputs").orNothing();
  private static final Param<String> AFTER =
      Param.text("after", "Go on after the page that had this \"next\"").orNothing();
  private static final Param<JsonNode> ADDRESSES = AddressQuery.param(CHAIN_INFO, LIMIT, AFTER);

  private static final Result OUTPUT =
      Result.object(
          "",
          "",
          Result.text("address", "as it was named"),
          Result.hex("txid", "the transaction id"),
          Result.number("outputIndex", "the index"),
          Result.hex("script", "the output script").maybe(),
          Result.number("satoshis", "the value"),
          Result.number("height", "of the block"),
          Result.flag("coinbase", "made by a coinbase, so that it has to mature"));

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddressutxos",
              Category.BLOCKCHAIN,
              "Returns the confirmed unspent outputs of addresses, older ones first. Needs"
                  + " -addressindex. More than "
                  + MOST
                  + " can only be had in pages.")
          .takes(ADDRESSES)
          .returns(Result.array("", "without limit and chainInfo", OUTPUT))
          .returns(
              Result.object(
                  "",
                  "with limit or chainInfo",
                  Result.array("utxos", "the outputs", OUTPUT),
                  Result.hex("hash", "the block up to which the answer is complete"),
                  Result.number("height", "of that block"),
                  Result.text("next", "names the next page, if there is one").maybe()))
          .example("\"address\"")
          .example("'{\"addresses\": [\"address\"], \"limit\": 100}'");

  private final ChainPort chain;
  private final Indexes indexes;

  public GetAddressUtxos(ChainPort chain, Indexes indexes) {
    this.chain = chain;
    this.indexes = indexes;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return Pace.LONG;
  }

  /**
   * Where a page begins.
   *
   * @param script the number of the script in the query
   */
  private record Cursor(int script, AddressCoin.Place place) {
    private static final String FORM = "[0-9]{1,9}-[0-9]{1,9}-[0-9a-f]{64}-[0-9]{1,10}";
    static final Cursor START = new Cursor(0, AddressCoin.Place.FIRST);

    static Cursor parse(String text) {
      if (!text.matches(FORM)) {
        throw RpcException.invalidParameter("Invalid \"after\": not the \"next\" of a page");
      }
      String[] parts = text.split("-", -1);
      OutPoint place =
          new OutPoint(Txid.of(Read.hash("after", parts[2])), (int) Long.parseLong(parts[3]));
      return new Cursor(
          Integer.parseInt(parts[0]), new AddressCoin.Place(Integer.parseInt(parts[1]), place));
    }

    String text() {
      OutPoint outPoint = place.outPoint();
      return "%d-%d-%s-%s"
          .formatted(
              script, place.height(), outPoint.txid(), Integer.toUnsignedString(outPoint.index()));
    }
  }

  @Override
  public JsonNode call(RpcRequest request) {
    AddressQuery query =
        AddressQuery.read(
            request.get(ADDRESSES), chain.params().network(), CHAIN_INFO, LIMIT, AFTER);
    Optional<Integer> limit = query.option(LIMIT);
    if (limit.isPresent() && (limit.get() < 1 || limit.get() > MOST)) {
      throw RpcException.invalidParameter("limit must be from 1 to " + MOST);
    }
    Cursor start = query.option(AFTER).map(Cursor::parse).orElse(Cursor.START);
    try (AddressView view = AddressView.open(indexes, chain)) {
      ArrayNode utxos = Json.array();
      Optional<Cursor> next = fill(utxos, view, query.scripts(), start, limit.orElse(MOST));
      if (limit.isEmpty() && next.isPresent()) {
        throw RpcException.misc(
            "More than " + MOST + " unspent outputs: ask for pages, with limit and after");
      }
      if (limit.isEmpty() && !query.options().get(CHAIN_INFO)) {
        return utxos;
      }
      ObjectNode json = Json.object();
      json.set("utxos", utxos);
      json.put("hash", view.best().hash().toString());
      json.put("height", view.best().height());
      next.ifPresent(cursor -> json.put("next", cursor.text()));
      return json;
    }
  }

  /** Returns where the next page begins. */
  private Optional<Cursor> fill(
      ArrayNode utxos, AddressView view, List<NamedScript> scripts, Cursor start, int most) {
    ChainReader reader = chain.snapshot().chain();
    AddressCoin.Place first = start.place();
    for (int i = start.script(); i < scripts.size(); i++) {
      int room = most - utxos.size();
      List<AddressCoin> coins = view.index().coins(scripts.get(i).key(), first, room + 1);
      for (AddressCoin coin : coins.subList(0, Math.min(room, coins.size()))) {
        utxos.add(json(scripts.get(i), coin, reader));
      }
      if (coins.size() > room) {
        return Optional.of(new Cursor(i, coins.get(room).place()));
      }
      first = AddressCoin.Place.FIRST;
    }
    return Optional.empty();
  }

  private static ObjectNode json(NamedScript script, AddressCoin coin, ChainReader reader) {
    OutPoint place = coin.place().outPoint();
    ObjectNode json = Json.object();
    json.put("address", script.text());
    json.put("txid", place.txid().toString());
    json.put("outputIndex", Integer.toUnsignedLong(place.index()));
    Optional<Script> known =
        script.script().or(() -> reader.coin(place).map(c -> c.output().scriptPubKey()));
    known.ifPresent(bytes -> json.put("script", bytes.toHex()));
    json.put("satoshis", coin.valueSat());
    json.put("height", coin.place().height());
    return json.put("coinbase", coin.coinbase());
  }
}
