package org.farthing.node.rpc.method.blockchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.primitives.MerkleBlock;
import org.farthing.consensus.primitives.PartialMerkleTree.Proven;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** {@code verifytxoutproof}. */
public final class VerifyTxOutProof implements RpcMethod {
  private static final Param<byte[]> PROOF = Param.hex("proof", "What gettxoutproof answered");

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "verifytxoutproof",
              Category.BLOCKCHAIN,
              "Says which transactions are proven to be in a block of the active chain.")
          .takes(PROOF)
          .returns(
              Result.array(
                  "", "empty if the proof is not valid", Result.hex("", "a transaction id")))
          .example("\"proof\"");

  private final ChainPort chain;

  public VerifyTxOutProof(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    MerkleBlock proof = read(request.get(PROOF));
    Optional<Proven> proven =
        proof.tree().prove().filter(p -> p.root().equals(proof.header().merkleRoot()));
    ArrayNode txids = Json.array();
    if (proven.isEmpty()) {
      return txids;
    }
    ChainSnapshot now = chain.snapshot();
    int transactions =
        now.chain()
            .header(proof.header().hash())
            .filter(now::isActive)
            .map(node -> now.chain().status(node).transactions())
            .filter(count -> count > 0)
            .orElseThrow(
                () ->
                    new RpcException(
                        RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Block not found in chain"));
    if (transactions == proof.tree().transactionCount()) {
      proven.get().txids().forEach(txid -> txids.add(txid.toString()));
    }
    return txids;
  }

  private static MerkleBlock read(byte[] bytes) {
    try {
      return MerkleBlock.read(new ByteReader(bytes));
    } catch (DecodeException e) {
      throw RpcException.misc(e.getMessage());
    }
  }
}
