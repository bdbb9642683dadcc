package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.method.rawtx.PreviousOutputs;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.Fields;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;

/** {@code simulaterawtransaction}. */
public final class SimulateRawTransaction implements RpcMethod {
  private static final Param<JsonNode> TRANSACTIONS =
      Param.array(
              "rawtxs",
              "Transactions, in the order in which they would be sent",
              Param.hex("rawtx", "One of them").orNothing())
          .orNothing();
  private static final Param<Fields> OPTIONS =
      Param.options("options", "", Received.WATCH_ONLY).orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "simulaterawtransaction",
              Category.WALLET,
              "Returns what would become of the balance if transactions were signed and sent.")
          .takes(TRANSACTIONS, OPTIONS)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.amount("balance_change", "coins; less than 0 if there were fewer")))
          .example("'[\"myhex\"]'");

  private final WalletAccess wallets;
  private final ChainPort chain;
  private final MempoolPort mempool;

  public SimulateRawTransaction(WalletAccess wallets, ChainPort chain, MempoolPort mempool) {
    this.wallets = wallets;
    this.chain = chain;
    this.mempool = mempool;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    List<Transaction> transactions = new ArrayList<>();
    request
        .find(TRANSACTIONS)
        .orElse(Json.array())
        .forEach(
            hex ->
                transactions.add(
                    Decode.transaction(
                        hex.textValue(), "Transaction hex string decoding failure.")));
    return wallets.ask(
        request,
        wallet -> {
          Simulation simulation = new Simulation(wallet);
          for (Transaction transaction : transactions) {
            simulation.add(transaction, PreviousOutputs.of(transaction, chain, mempool));
          }
          return Json.object().set("balance_change", Json.amount(simulation.changeSat));
        });
  }

  /** What a wallet gains and loses by transactions, one after another. */
  private static final class Simulation {
    private final Wallet wallet;
    private final Set<OutPoint> spent = new HashSet<>();
    private final Map<OutPoint, TxOut> made = new HashMap<>();
    private long changeSat;

    Simulation(Wallet wallet) {
      this.wallet = wallet;
    }

    void add(Transaction transaction, PreviousOutputs previous) {
      for (TxIn input : transaction.inputs()) {
        OutPoint coin = input.outPoint();
        if (!spent.add(coin)) {
          throw RpcException.invalidParameter(
              "Transaction(s) are spending the same output more than once");
        }
        TxOut output = made.getOrDefault(coin, previous.find(coin).orElse(null));
        if (output == null) {
          throw RpcException.invalidParameter(
              "One or more transaction inputs are missing or have been spent already");
        }
        changeSat -= ownSat(output);
      }
      for (int i = 0; i < transaction.outputs().size(); i++) {
        TxOut output = transaction.outputs().get(i);
        made.put(transaction.outPoint(i), output);
        changeSat += ownSat(output);
      }
    }

    private long ownSat(TxOut output) {
      return wallet.addresses().originOf(output.scriptPubKey()).isPresent() ? output.valueSat() : 0;
    }
  }
}
