package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinScan;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.UnspentOutput;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.Pace;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Result;

/** {@code scantxoutset}: one scan at a time, which other callers can watch and end. */
public final class ScanTxOutSet implements RpcMethod {
  private static final MethodSpec SPEC =
      MethodSpec.of(
              "scantxoutset",
              Category.BLOCKCHAIN,
              "Finds the unspent outputs whose scripts descriptors lead to.")
          .takes(ScanObjects.ACTION, ScanObjects.OPTIONAL)
          .returns(found())
          .returns(ScanObjects.ABORTED)
          .returns(
              Result.object(
                  "",
                  "for action = status, while there is a scan",
                  Result.number("progress", "percent")))
          .returns(ScanObjects.NO_STATUS)
          .example("start '[\"raw(76a91411b366edfc0a8b66feebae5c2e25a7b6a5d1cf3188ac)#fm24fxxy\"]'")
          .example("status")
          .example("abort");

  private static final int TXID_PREFIXES = 1 << 16;

  private final ChainPort chain;
  private final ScriptJson scripts;
  private final RunningScan.Slot slot;

  public ScanTxOutSet(ChainPort chain, NodeCalls calls) {
    this.chain = chain;
    this.slot = new RunningScan.Slot(calls);
    this.scripts = new ScriptJson(chain.params().network());
  }

  private static Result found() {
    return Result.object(
        "",
        "for action = start",
        Result.flag("success", "whether the scan was completed"),
        Result.number("txouts", "the unspent outputs that were looked at"),
        Result.number("height", "of the tip"),
        Result.hex("bestblock", "the tip"),
        Result.array(
            "unspents",
            "",
            Result.object(
                "",
                "",
                Result.hex("txid", "the transaction id"),
                Result.number("vout", "the index"),
                Result.hex("scriptPubKey", "the output script"),
                Result.text("desc", "the descriptor of this script alone"),
                Result.amount("amount", "coins"),
                Result.flag("coinbase", "made by a coinbase"),
                Result.number("height", "of its block"),
                Result.hex("blockhash", "its block"),
                Result.number("confirmations", "at the time of the scan"))),
        Result.amount("total_amount", "all that was found"));
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public Pace pace(RpcRequest request) {
    return ScanObjects.pace(request);
  }

  @Override
  public JsonNode call(RpcRequest request) {
    String action = request.get(ScanObjects.ACTION);
    return switch (action) {
      case "start" -> slot.run(scan -> scan(scan, wanted(request)));
      case "abort" -> Json.flag(slot.abort());
      case "status" ->
          slot.current()
              .<JsonNode>map(scan -> Json.object().put("progress", scan.progressPercent()))
              .orElseGet(Json::nothing);
      default -> throw RpcException.invalidParameter("Invalid action '" + action + "'");
    };
  }

  private Map<Script, String> wanted(RpcRequest request) {
    return ScanObjects.scripts(ScanObjects.required(request), scripts, chain.params().network());
  }

  private JsonNode scan(RunningScan scan, Map<Script, String> wanted) {
    ChainReader reader = chain.snapshot().chain();
    ArrayNode unspents = Json.array();
    long count = 0;
    long totalSat = 0;
    boolean completed;
    HeaderNode tip;
    try (CoinScan coins = reader.scanCoins()) {
      tip = reader.header(coins.tip()).orElseThrow();
      List<UnspentOutput> batch = coins.next();
      while (!batch.isEmpty() && !scan.isAborted()) {
        for (UnspentOutput unspent : batch) {
          count++;
          String descriptor = wanted.get(unspent.coin().output().scriptPubKey());
          if (descriptor != null) {
            totalSat += unspent.coin().output().valueSat();
            unspents.add(json(unspent, descriptor, tip));
          }
        }
        scan.reached(percent(batch.get(batch.size() - 1).outPoint().txid()));
        batch = coins.next();
      }
      completed = batch.isEmpty();
    }
    ObjectNode json = Json.object();
    json.put("success", completed);
    json.put("txouts", count);
    json.put("height", tip.height());
    json.put("bestblock", tip.hash().toString());
    json.set("unspents", unspents);
    json.set("total_amount", Json.amount(totalSat));
    return json;
  }

  /** The outputs come in the order of their txids, which are spread evenly. */
  private static int percent(Txid last) {
    byte[] bytes = last.toByteArray();
    int prefix = (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    return prefix * 100 / TXID_PREFIXES;
  }

  private static ObjectNode json(UnspentOutput unspent, String descriptor, HeaderNode tip) {
    Coin coin = unspent.coin();
    ObjectNode json = Json.object();
    json.put("txid", unspent.outPoint().txid().toString());
    json.put("vout", Integer.toUnsignedLong(unspent.outPoint().index()));
    json.put("scriptPubKey", coin.output().scriptPubKey().toHex());
    json.put("desc", descriptor);
    json.set("amount", Json.amount(coin.output().valueSat()));
    json.put("coinbase", coin.coinbase());
    json.put("height", coin.height());
    json.put("blockhash", tip.ancestor(coin.height()).hash().toString());
    json.put("confirmations", tip.height() - coin.height() + 1);
    return json;
  }
}
