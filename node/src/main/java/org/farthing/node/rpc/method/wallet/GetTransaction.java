package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.TxJson;
import org.farthing.node.rpc.method.Shapes;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.TransactionDetails;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.error.WalletException;

/** {@code gettransaction}. */
public final class GetTransaction implements RpcMethod {
  private static final Param<Txid> TXID = Param.txid("txid", "The transaction id");
  private static final Param<Boolean> WATCH_ONLY =
      Param.flag("include_watchonly", "Accepted and without effect").orNothing();
  private static final Param<Boolean> VERBOSE =
      Param.flag("verbose", "With the decoded transaction").or(false);

  private static final MethodSpec SPEC =
      MethodSpec.of("gettransaction", Category.WALLET, "Returns a transaction of the wallet.")
          .takes(TXID, WATCH_ONLY, VERBOSE)
          .returns(
              Result.object(
                      "",
                      "",
                      Result.amount("amount", "coins in less coins out"),
                      Result.amount("fee", "coins; negative; if the wallet paid it").maybe())
                  .plus(TransactionJson.commonShape())
                  .plus(
                      Result.array(
                          "details", "", Result.object("", "", TransactionJson.movementShape())),
                      Result.hex("hex", "the bytes"),
                      Shapes.transaction(Result.flag("ischange", "true where it is change").maybe())
                          .as("decoded", "if verbose = true")
                          .maybe(),
                      LastProcessed.SHAPE))
          .example("\"txid\"");

  private final WalletAccess wallets;
  private final NodePort node;

  public GetTransaction(WalletAccess wallets, NodePort node) {
    this.wallets = wallets;
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Txid txid = request.get(TXID);
    boolean verbose = request.get(VERBOSE);
    return wallets.ask(request, wallet -> json(wallet, details(wallet, txid), verbose));
  }

  private static TransactionDetails details(Wallet wallet, Txid txid) {
    try {
      return wallet.history().transaction(txid);
    } catch (WalletException e) {
      throw new RpcException(
          RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Invalid or non-wallet transaction id");
    }
  }

  private ObjectNode json(Wallet wallet, TransactionDetails details, boolean verbose) {
    ObjectNode json = Json.object();
    json.set("amount", Json.amount(details.amountSat()));
    if (details.feeSat().isPresent()) {
      json.set("fee", Json.amount(-details.feeSat().getAsLong()));
    }
    TransactionJson.of(node).addCommon(wallet, details, json);
    ArrayNode movements = json.putArray("details");
    details
        .movements()
        .forEach(movement -> movements.add(TransactionJson.movement(wallet, details, movement)));
    json.put("hex", Hex.encode(details.entry().transaction().serialize()));
    if (verbose) {
      json.set("decoded", decoded(wallet, details.entry().transaction()));
    }
    LastProcessed.add(wallet, json);
    return json;
  }

  private static ObjectNode decoded(Wallet wallet, Transaction transaction) {
    ObjectNode json = new TxJson(wallet.network()).decoded(transaction);
    for (int i = 0; i < transaction.outputs().size(); i++) {
      boolean change =
          Address.ofScript(transaction.outputs().get(i).scriptPubKey(), wallet.network())
              .filter(wallet.addresses()::isChange)
              .isPresent();
      if (change) {
        ((ObjectNode) json.get("vout").get(i)).put("ischange", true);
      }
    }
    return json;
  }
}
