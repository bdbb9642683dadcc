package org.farthing.node.rpc.method.rawtx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.CoinView;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.mempool.FeeRate;
import org.farthing.node.mempool.MempoolResult;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.PrivacyPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code sendrawtransaction}. */
public final class SendRawTransaction implements RpcMethod {
  private static final Param<String> HEX = Param.text("hexstring", "The transaction in hex");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "sendrawtransaction",
              Category.RAW_TRANSACTIONS,
              "Takes a transaction into the mempool and announces it to peers; or, with"
                  + " -privatebroadcast, sends it to few peers over connections of their own.")
          .takes(HEX, FeeLimit.PARAM, BurnLimit.PARAM)
          .returns(Result.hex("", "the transaction id"))
          .example("\"signedhex\"");

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final PrivacyPort privacy;
  private final NodeCalls calls;

  public SendRawTransaction(
      ChainPort chain, MempoolPort mempool, PrivacyPort privacy, NodeCalls calls) {
    this.chain = chain;
    this.mempool = mempool;
    this.privacy = privacy;
    this.calls = calls;
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
    BurnLimit.check(transaction, request);
    FeeRate maximum = FeeLimit.read(request);
    if (privacy.isPrivate()) {
      sendPrivately(transaction, maximum);
    } else {
      checkFee(transaction, maximum);
      answer(transaction, calls.call(() -> mempool.submit(transaction)));
    }
    return Json.text(transaction.txid());
  }

  private void sendPrivately(Transaction transaction, FeeRate maximum) {
    if (!calls.call(privacy::canHide)) {
      throw new RpcException(
          RpcErrorCode.MISC_ERROR,
          "-privatebroadcast is enabled, but none of the Tor or I2P networks is reachable. Maybe"
              + " the location of the Tor proxy couldn't be retrieved from the Tor daemon at"
              + " startup. Check whether the Tor daemon is running and that -torcontrol,"
              + " -torpassword and -i2psam are configured properly.");
    }
    if (!mempool.snapshot().contains(transaction.txid())) {
      answer(transaction, calls.call(() -> mempool.test(transaction)));
      checkFee(transaction, maximum);
    }
    if (!calls.call(() -> privacy.send(transaction))) {
      throw new RpcException(RpcErrorCode.LIMIT_EXCEEDED, "Private broadcast queue is full");
    }
  }

  private void checkFee(Transaction transaction, FeeRate maximum) {
    boolean unlimited = maximum.satPerKvb() == 0;
    if (unlimited || mempool.snapshot().contains(transaction.txid())) {
      return;
    }
    OptionalLong fee = feeSat(transaction);
    if (fee.isPresent() && fee.getAsLong() > maximum.feeFor(transaction.virtualSize())) {
      throw error("Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)");
    }
  }

  /** Empty where an input is not known: the mempool will say so. */
  private OptionalLong feeSat(Transaction transaction) {
    ChainSnapshot now = chain.snapshot();
    CoinView coins = mempool.snapshot().unspent(now.chain(), now.height() + 1);
    long sum = 0;
    for (TxIn input : transaction.inputs()) {
      Optional<Coin> coin = coins.coin(input.outPoint());
      if (coin.isEmpty()) {
        return OptionalLong.empty();
      }
      sum += coin.get().output().valueSat();
    }
    return OptionalLong.of(sum - transaction.outputs().stream().mapToLong(TxOut::valueSat).sum());
  }

  private void answer(Transaction transaction, MempoolResult result) {
    if (result.isAccepted() || mempool.snapshot().contains(transaction.txid())) {
      return;
    }
    if (outputIsUnspent(transaction)) {
      throw new RpcException(
          RpcErrorCode.VERIFY_ALREADY_IN_UTXO_SET, "Transaction outputs already in utxo set");
    }
    if (result instanceof MempoolResult.MissingInputs) {
      throw error("bad-txns-inputs-missingorspent");
    }
    throw new RpcException(RpcErrorCode.VERIFY_REJECTED, result.toString());
  }

  private boolean outputIsUnspent(Transaction transaction) {
    CoinView coins = chain.snapshot().chain();
    for (int i = 0; i < transaction.outputs().size(); i++) {
      if (coins.coin(transaction.outPoint(i)).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static RpcException error(String message) {
    return new RpcException(RpcErrorCode.VERIFY_ERROR, message);
  }
}
