package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.validation.Verdict;
import org.farthing.node.rpc.call.NodeCalls;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.method.Descriptors;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.MempoolPort;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.descriptor.Descriptor;
import org.farthing.wallet.descriptor.DescriptorParser;
import org.farthing.wallet.error.WalletException;

/** {@code generateblock}. */
public final class GenerateBlock implements RpcMethod {
  private static final int TXID_DIGITS = 64;

  private static final Param<String> OUTPUT =
      Param.text("output", "The address or descriptor that gets the new coins");
  private static final Param<JsonNode> TRANSACTIONS =
      Param.array("transactions", "Transactions in hex, or ids of those that wait, in their order");
  private static final Param<Boolean> SUBMIT =
      Param.flag("submit", "Whether the block goes into the chain").or(true);

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "generateblock",
              Category.MINING,
              "Mines a block with these transactions and no others.")
          .takes(OUTPUT, TRANSACTIONS, SUBMIT)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.hex("hash", "the block hash"),
                  Result.hex("hex", "the block, if submit = false").maybe()))
          .example("\"address\" '[\"rawtx\", \"mempool_txid\"]'");

  private final ChainPort chain;
  private final MempoolPort mempool;
  private final MiningPort mining;
  private final NodeCalls calls;
  private final BlockMaker maker;

  public GenerateBlock(ChainPort chain, MempoolPort mempool, MiningPort mining, NodeCalls calls) {
    this.chain = chain;
    this.mempool = mempool;
    this.mining = mining;
    this.calls = calls;
    this.maker = new BlockMaker(chain, calls);
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Script payout = payout(request.get(OUTPUT));
    List<Transaction> transactions = transactions(request.get(TRANSACTIONS));
    Verdict verdict = calls.call(() -> chain.test(mining.template(payout, transactions)));
    if (verdict instanceof Verdict.Rejected rejected) {
      throw new RpcException(RpcErrorCode.VERIFY_ERROR, "TestBlockValidity failed: " + rejected);
    }
    Block block =
        maker
            .make(
                () -> mining.template(payout, transactions),
                new BlockMaker.Tries(maker.defaultTries()))
            .orElseThrow(() -> RpcException.misc("Failed to make block."));
    ObjectNode json = Json.object();
    json.put("hash", block.hash().toString());
    if (request.get(SUBMIT)) {
      maker.submit(block);
    } else {
      json.put("hex", Hex.encode(block.serialize()));
    }
    return json;
  }

  private Script payout(String output) {
    Network network = chain.params().network();
    Optional<List<Descriptor>> descriptors = descriptors(output, network);
    if (descriptors.isPresent()) {
      return Descriptors.payout(descriptors.get());
    }
    try {
      return Address.parse(output, network).toScript();
    } catch (WalletException e) {
      throw notFound("Error: Invalid address or descriptor");
    }
  }

  private static Optional<List<Descriptor>> descriptors(String text, Network network) {
    try {
      return Optional.of(new DescriptorParser(network).parse(text));
    } catch (WalletException e) {
      return Optional.empty();
    }
  }

  private List<Transaction> transactions(JsonNode texts) {
    List<Transaction> transactions = new ArrayList<>();
    for (JsonNode node : texts) {
      String text = Read.text(node);
      transactions.add(
          text.length() == TXID_DIGITS
              ? waiting(text)
              : Decode.transaction(
                  text,
                  "Transaction decode failed for "
                      + text
                      + ". Make sure the tx has at least one input."));
    }
    return transactions;
  }

  private Transaction waiting(String text) {
    return mempool
        .snapshot()
        .get(Txid.of(Read.hash("transaction", text)))
        .orElseThrow(() -> notFound("Transaction " + text + " not in mempool."))
        .transaction();
  }

  private static RpcException notFound(String message) {
    return new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, message);
  }
}
