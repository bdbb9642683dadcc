package org.farthing.node.rpc.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.Coin;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.ScriptJson;
import org.farthing.node.rpc.port.ChainPort;

/**
 * {@code spenttxouts/<hash>}: the outputs that a block spends, by transaction; its coinbase spends
 * none. A block's ancestors are fixed, and so is what it spends.
 */
final class SpentOutputsResource implements RestResource {
  private final ChainPort chain;
  private final ScriptJson scripts;

  SpentOutputsResource(ChainPort chain) {
    this.chain = chain;
    this.scripts = new ScriptJson(chain.params().network());
  }

  @Override
  public Reply get(RestRequest request) {
    if (request.parts().size() != 1) {
      throw RestException.badRequest("Invalid URI format. Expected /rest/spenttxouts/<hash>.<ext>");
    }
    String hash = request.path();
    ChainSnapshot now = chain.snapshot();
    HeaderNode node =
        now.chain()
            .header(RestRequest.hash(hash))
            .orElseThrow(() -> RestException.notFound(hash + " not found"));
    BlockUndo undo =
        node.height() == 0
            ? new BlockUndo(List.of())
            : now.chain()
                .undo(node.hash())
                .orElseThrow(() -> RestException.notFound(hash + " undo not available"));
    return RestContent.immutable(request, () -> bytes(undo), () -> json(undo));
  }

  /** For each transaction a count and its outputs, after the count of all transactions. */
  private static byte[] bytes(BlockUndo undo) {
    ByteWriter out = new ByteWriter();
    out.compactSize(undo.spent().size() + 1L).compactSize(0);
    for (List<Coin> coins : undo.spent()) {
      out.compactSize(coins.size());
      coins.forEach(coin -> coin.output().writeTo(out));
    }
    return out.toByteArray();
  }

  private JsonNode json(BlockUndo undo) {
    ArrayNode all = Json.array();
    all.addArray();
    for (List<Coin> coins : undo.spent()) {
      ArrayNode outputs = all.addArray();
      for (Coin coin : coins) {
        ObjectNode output = outputs.addObject();
        output.set("value", Json.amount(coin.output().valueSat()));
        output.set("scriptPubKey", scripts.output(coin.output().scriptPubKey()));
      }
    }
    return all;
  }
}
