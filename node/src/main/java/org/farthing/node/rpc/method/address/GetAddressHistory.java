package org.farthing.node.rpc.method.address;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.column.Order;
import org.farthing.consensus.index.ScriptKey;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.ScriptEvent;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code getaddresshistory}: the transactions of one script, page by page. */
public final class GetAddressHistory implements RpcMethod {
  private static final int MOST = 1_000;
  private static final String NEWEST = "newest";
  private static final String OLDEST = "oldest";

  private static final Param<String> ADDRESS =
      Param.text(
          "address", "An address, a descriptor of one script, or a script hash as Electrum has it");
  private static final Param<Integer> COUNT =
      Param.integer("count", "How many transactions at most, up to " + MOST).or(100);
  private static final Param<String> CURSOR =
      Param.text("cursor", "Go on after the page that had this \"cursor\"").orNothing();
  private static final Param<String> ORDER =
      Param.text("order", "Which transactions come first: \"newest\" or \"oldest\"").or(NEWEST);
  private static final Param<Boolean> INCLUDE_MEMPOOL =
      Param.flag(
              "include_mempool",
              "Whether waiting transactions are there: before the newest, or after the oldest")
          .or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "getaddresshistory",
              Category.BLOCKCHAIN,
              "Returns the transactions that pay to an address or spend from it. Needs"
                  + " -addressindex.")
          .takes(ADDRESS, COUNT, CURSOR, ORDER, INCLUDE_MEMPOOL)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.hex("bestblock", "the block up to which the history is complete"),
                  Result.number("height", "of that block"),
                  Result.array("transactions", "", entry()),
                  Result.text("cursor", "names the next page, if there is one").maybe()))
          .example("\"address\"")
          .example("\"address\" 20 \"110-1\"")
          .example("\"address\" 1000 null \"oldest\" false");

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final Indexes indexes;

  public GetAddressHistory(ChainPort chain, MempoolPort mempool, Indexes indexes) {
    this.chain = chain;
    this.mempool = mempool;
    this.indexes = indexes;
  }

  private static Result entry() {
    return Result.object(
        "",
        "",
        Result.hex("txid", "the transaction id"),
        Result.number("confirmations", "0 if it waits"),
        Result.number("height", "of its block").maybe(),
        Result.hex("blockhash", "its block").maybe(),
        Result.number("blockindex", "its number in the block").maybe(),
        Result.time("time", "of its block, or when it came"),
        Result.amount("received", "by the address"),
        Result.amount("spent", "from the address"),
        Result.amount("amount", "received, less what was spent"),
        Result.amount("fee", "of the transaction, if it waits").maybe());
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return Pace.LONG;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    NamedScript script = script(request.get(ADDRESS));
    Order order = order(request.get(ORDER));
    int count = request.get(COUNT);
    if (count < 1 || count > MOST) {
      throw RpcException.invalidParameter("count must be from 1 to " + MOST);
    }
    Optional<String> cursor = request.find(CURSOR);
    boolean withWaiting = request.get(INCLUDE_MEMPOOL);
    try (AddressView view = AddressView.open(indexes, chain)) {
      HistoryPage page = HistoryPage.read(view.index(), script.key(), order, cursor, count);
      ArrayNode transactions = Json.array();
      if (withWaiting && order == Order.DESCENDING && cursor.isEmpty()) {
        addWaiting(transactions, script.key(), order);
      }
      page.entries().forEach(entry -> transactions.add(json(entry, view.best())));
      if (withWaiting && order == Order.ASCENDING && !page.more()) {
        addWaiting(transactions, script.key(), order);
      }
      ObjectNode json = Json.object();
      json.put("bestblock", view.best().hash().toString());
      json.put("height", view.best().height());
      json.set("transactions", transactions);
      if (page.more()) {
        json.put("cursor", page.entries().get(count - 1).cursor());
      }
      return json;
    }
  }

  private NamedScript script(String text) {
    List<NamedScript> scripts = NamedScript.parse(text, chain.params().network());
    if (scripts.size() != 1) {
      throw RpcException.invalidParameter("The descriptor leads to more than one script");
    }
    return scripts.get(0);
  }

  private static Order order(String text) {
    return switch (text) {
      case NEWEST -> Order.DESCENDING;
      case OLDEST -> Order.ASCENDING;
      default -> throw RpcException.invalidParameter("'" + text + "' is not a valid order");
    };
  }

  private static ObjectNode json(HistoryPage.Entry entry, HeaderNode best) {
    HeaderNode block = best.ancestor(entry.height());
    ObjectNode json = Json.object();
    json.put("txid", entry.txid().toString());
    json.put("confirmations", best.height() - entry.height() + 1);
    json.put("height", entry.height());
    json.put("blockhash", block.hash().toString());
    json.put("blockindex", entry.position());
    json.put("time", block.header().timeSeconds());
    return amounts(json, entry.receivedSat(), entry.spentSat());
  }

  private static ObjectNode amounts(ObjectNode json, long receivedSat, long spentSat) {
    json.set("received", Json.amount(receivedSat));
    json.set("spent", Json.amount(spentSat));
    json.set("amount", Json.amount(receivedSat - spentSat));
    return json;
  }

  private void addWaiting(ArrayNode transactions, ScriptKey script, Order order) {
    Map<Txid, Sum> sums = new LinkedHashMap<>();
    Comparator<ScriptEvent.Waiting> byTime =
        Comparator.comparing(waiting -> waiting.entry().timeMillis());
    ScriptEvent.waiting(
            mempool.snapshot(), chain.snapshot(), other -> ScriptKey.of(other).equals(script))
        .stream()
        .sorted(order == Order.ASCENDING ? byTime : byTime.reversed())
        .forEach(
            waiting ->
                sums.computeIfAbsent(waiting.entry().txid(), t -> new Sum(waiting)).add(waiting));
    sums.values().forEach(sum -> transactions.add(sum.json()));
  }

  /** What one waiting transaction does to the script. */
  private static final class Sum {
    private final ScriptEvent.Waiting first;
    private long receivedSat;
    private long spentSat;

    Sum(ScriptEvent.Waiting first) {
      this.first = first;
    }

    void add(ScriptEvent.Waiting waiting) {
      long valueSat = waiting.event().output().valueSat();
      if (waiting.event().spent()) {
        spentSat += valueSat;
      } else {
        receivedSat += valueSat;
      }
    }

    ObjectNode json() {
      ObjectNode json = Json.object();
      json.put("txid", first.entry().txid().toString());
      json.put("confirmations", 0);
      json.put("time", first.entry().timeMillis() / 1000);
      amounts(json, receivedSat, spentSat);
      json.set("fee", Json.amount(first.entry().feeSat()));
      return json;
    }
  }
}
