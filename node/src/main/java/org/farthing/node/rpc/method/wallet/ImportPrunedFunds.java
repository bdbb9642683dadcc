package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.MerkleBlock;
import org.farthing.consensus.primitives.PartialMerkleTree.Proven;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.Decode;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.history.TxState;

/** {@code importprunedfunds}. */
public final class ImportPrunedFunds implements RpcMethod {
  private static final Param<String> TRANSACTION =
      Param.text("rawtransaction", "The transaction in hex");
  private static final Param<byte[]> PROOF =
      Param.hex("txoutproof", "That it is in a block, as gettxoutproof tells it");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "importprunedfunds",
              Category.WALLET,
              "Makes a transaction known to the wallet whose block the node need not have. Its"
                  + " addresses must be the wallet's already.")
          .takes(TRANSACTION, PROOF)
          .returns(Result.nothing())
          .example("\"myhex\" \"proof\"");

  private final WalletAccess wallets;
  private final ChainPort chain;

  public ImportPrunedFunds(WalletAccess wallets, ChainPort chain) {
    this.wallets = wallets;
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    Transaction transaction =
        Decode.transaction(
            request.get(TRANSACTION), "TX decode failed. Make sure the tx has at least one input.");
    MerkleBlock proof = read(request.get(PROOF));
    return wallets.ask(
        request,
        wallet -> {
          if (!wallet.history().addConfirmed(transaction, proven(transaction, proof))) {
            throw refused("No addresses in wallet correspond to included transaction");
          }
          return Json.nothing();
        });
  }

  private static MerkleBlock read(byte[] bytes) {
    try {
      return MerkleBlock.read(new ByteReader(bytes));
    } catch (DecodeException e) {
      throw RpcException.misc(e.getMessage());
    }
  }

  private TxState.Confirmed proven(Transaction transaction, MerkleBlock proof) {
    Proven proven =
        proof
            .tree()
            .prove()
            .filter(found -> found.root().equals(proof.header().merkleRoot()))
            .orElseThrow(() -> refused("Something wrong with merkleblock"));
    ChainSnapshot now = chain.snapshot();
    HeaderNode block =
        now.chain()
            .header(proof.header().hash())
            .filter(now::isActive)
            .orElseThrow(() -> refused("Block not found in chain"));
    int place = proven.txids().indexOf(transaction.txid());
    if (place < 0) {
      throw refused("Transaction given doesn't exist in proof");
    }
    return new TxState.Confirmed(
        block.hash(), block.height(), proven.positions().get(place), block.header().timeSeconds());
  }

  private static RpcException refused(String message) {
    return new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, message);
  }
}
