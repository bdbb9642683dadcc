package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.json.TxJson;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.method.Shapes;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** {@code decoderawtransaction}. */
public final class DecodeRawTransaction implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexstring", "The transaction in hex");
  public static final Param<Boolean> IS_WITNESS =
      Param.flag(
              "iswitness",
              "Whether the transaction is in the form that may have a witness (as any with inputs"
                  + " may be), or in that which never has one")
          .otherwise("told from the bytes");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "decoderawtransaction", Category.RAW_TRANSACTIONS, "Shows what a transaction says.")
          .takes(HEX, IS_WITNESS)
          .returns(Shapes.TRANSACTION)
          .example("\"hexstring\"");

  private final TxJson transactions;

  public DecodeRawTransaction(ChainPort chain) {
    this.transactions = new TxJson(chain.params().network());
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    return transactions.decoded(
        Decode.transaction(request.get(HEX), form(request), "TX decode failed"));
  }

  /** The form that a caller says. */
  public static Decode.Form form(RpcRequest request) {
    return request
        .find(IS_WITNESS)
        .map(extended -> extended ? Decode.Form.EXTENDED : Decode.Form.BASE)
        .orElse(Decode.Form.EITHER);
  }
}
