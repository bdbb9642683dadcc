package org.farthing.node.rpc.method.pool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.ChainReader;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.index.SpenderIndex;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.indexes.IndexKind;
import org.farthing.node.indexes.Indexes;
import org.farthing.node.indexes.RunningIndex;
import org.farthing.node.mempool.MempoolEntry;
import org.farthing.node.mempool.MempoolSnapshot;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code gettxspendingprevout}: first in the mempool, then in the index of spenders. */
public final class GetTxSpendingPrevout implements RpcMethod {
  private static final Param<Txid> TXID = Param.txid("txid", "The transaction id");
  private static final Param<Integer> VOUT = Param.integer("vout", "The output number");
  private static final Param<JsonNode> OUTPUTS =
      Param.array(
          "outputs",
          "The outputs of which to tell who spends them",
          Param.object("", "An output", TXID, VOUT));
  private static final Param<Boolean> MEMPOOL_ONLY =
      Param.flag("mempool_only", "Whether to look in the mempool only, and not in the index")
          .otherwise("true without -txospenderindex, otherwise false");
  private static final Param<Boolean> RETURN_SPENDING_TX =
      Param.flag("return_spending_tx", "Whether to return the whole transaction").or(false);
  private static final Param<Fields> OPTIONS =
      Param.options("options", "What to look for", MEMPOOL_ONLY, RETURN_SPENDING_TX).orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "gettxspendingprevout",
              Category.BLOCKCHAIN,
              "Finds the transactions that spend outputs: in the mempool and, with"
                  + " -txospenderindex, in the chain.")
          .takes(OUTPUTS, OPTIONS)
          .returns(
              Result.array(
                  "",
                  "in the order of the outputs",
                  Result.object(
                      "",
                      "",
                      Result.hex("txid", "of the output"),
                      Result.number("vout", "of the output"),
                      Result.hex("spendingtxid", "of the transaction that spends it, if any")
                          .maybe(),
                      Result.hex("spendingtx", "that transaction, if it was asked for").maybe(),
                      Result.hex("blockhash", "its block, if it is confirmed").maybe())))
          .example("'[{\"txid\":\"id\",\"vout\":3}]'")
          .example("'[{\"txid\":\"id\",\"vout\":3}]' '{\"return_spending_tx\":true}'");

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final Indexes indexes;

  public GetTxSpendingPrevout(ChainPort chain, MempoolPort mempool, Indexes indexes) {
    this.chain = chain;
    this.mempool = mempool;
    this.indexes = indexes;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  /** A transaction, and its block if it is confirmed. */
  private record Spender(Transaction transaction, Optional<HeaderNode> block) {
    static Spender of(MempoolEntry entry) {
      return new Spender(entry.transaction(), Optional.empty());
    }

    static Spender of(SpenderIndex.Spender found) {
      return new Spender(found.transaction(), Optional.of(found.block()));
    }
  }

  @Override
  public JsonNode call(RpcRequest request) {
    JsonNode wanted = request.get(OUTPUTS);
    if (wanted.isEmpty()) {
      throw RpcException.invalidParameter("Invalid parameter, outputs are missing");
    }
    Fields options = request.find(OPTIONS).orElseGet(Fields::none);
    Optional<RunningIndex> index = indexes.find(IndexKind.SPENDERS);
    boolean mempoolOnly = options.find(MEMPOOL_ONLY).orElse(index.isEmpty());
    boolean whole = options.get(RETURN_SPENDING_TX);
    List<OutPoint> outputs = new ArrayList<>();
    wanted.forEach(output -> outputs.add(outPoint(output)));
    List<Optional<Spender>> spenders = new ArrayList<>(waiting(outputs));
    if (!mempoolOnly && spenders.stream().anyMatch(Optional::isEmpty)) {
      addConfirmed(outputs, spenders, index);
    }
    ArrayNode answer = Json.array();
    for (int i = 0; i < outputs.size(); i++) {
      answer.add(json(wanted.get(i), spenders.get(i), whole));
    }
    return answer;
  }

  private static OutPoint outPoint(JsonNode output) {
    Fields fields = Fields.of(output, List.of(TXID, VOUT), true);
    Txid txid = fields.get(TXID);
    int index = fields.get(VOUT);
    if (index < 0) {
      throw RpcException.invalidParameter("Invalid parameter, vout cannot be negative");
    }
    return new OutPoint(txid, index);
  }

  private List<Optional<Spender>> waiting(List<OutPoint> outputs) {
    MempoolSnapshot pool = mempool.snapshot();
    return outputs.stream().map(output -> pool.spender(output).map(Spender::of)).toList();
  }

  private void addConfirmed(
      List<OutPoint> outputs, List<Optional<Spender>> spenders, Optional<RunningIndex> index) {
    RunningIndex ready =
        index
            .filter(RunningIndex::awaitTip)
            .orElseThrow(
                () ->
                    RpcException.misc(
                        "Mempool lacks a relevant spend, and txospenderindex is unavailable."));
    ChainReader reader = chain.snapshot().chain();
    HeaderNode best = ready.best().orElseThrow();
    SpenderIndex spent = new SpenderIndex(ready.rows());
    for (int i = 0; i < outputs.size(); i++) {
      if (spenders.get(i).isEmpty()) {
        spenders.set(i, spent.find(outputs.get(i), reader, best).map(Spender::of));
      }
    }
  }

  private static ObjectNode json(JsonNode output, Optional<Spender> spender, boolean whole) {
    ObjectNode json = output.deepCopy();
    spender.ifPresent(
        found -> {
          json.put("spendingtxid", found.transaction().txid().toString());
          if (whole) {
            json.put("spendingtx", Hex.encode(found.transaction().serialize()));
          }
          found.block().ifPresent(block -> json.put("blockhash", block.hash().toString()));
        });
    return json;
  }
}
