package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.method.rawtx.PreviousOutputs;
import org.farthing.node.rpc.method.rawtx.SigningJson;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;

/** {@code signrawtransactionwithwallet}. */
public final class SignRawTransactionWithWallet implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexstring", "The transaction in hex");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "signrawtransactionwithwallet",
              Category.WALLET,
              "Signs the inputs of a transaction that spend coins of the wallet.")
          .takes(HEX, PreviousOutputs.PARAM, SigningJson.SIGHASH)
          .returns(SigningJson.RESULT)
          .example("\"myhex\"");

  private final WalletAccess wallets;
  private final ChainPort chain;
  private final MempoolPort mempool;

  public SignRawTransactionWithWallet(WalletAccess wallets, ChainPort chain, MempoolPort mempool) {
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
    Transaction transaction =
        Decode.transaction(
            request.get(HEX), "TX decode failed. Make sure the tx has at least one input.");
    return wallets.ask(
        request,
        wallet -> {
          wallet.locking().expectUnlocked();
          PreviousOutputs previous = PreviousOutputs.of(transaction, chain, mempool);
          request.find(PreviousOutputs.PARAM).ifPresent(previous::add);
          int type = SigningJson.sigHashType(request.find(SigningJson.SIGHASH));
          return wallet
              .signing()
              .withKeysOf(
                  previous.scripts(), keys -> SigningJson.sign(transaction, previous, keys, type));
        });
  }
}
