package org.farthing.node.rpc.rest;

import java.util.OptionalLong;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;

/** {@code blockhashbyheight/<height>}: of the active chain, which may become another one. */
final class BlockHashResource implements RestResource {
  /** What may be repeated of a text that is no height. */
  private static final String UNSAFE = "[^A-Za-z0-9!*'();:@&=+$,/?#\\[\\]\\-_.~%]";

  private final ChainPort chain;

  BlockHashResource(ChainPort chain) {
    this.chain = chain;
  }

  @Override
  public Reply get(RestRequest request) {
    OptionalLong height = RestRequest.unsigned(request.path());
    if (height.isEmpty() || height.getAsLong() > Integer.MAX_VALUE) {
      throw RestException.badRequest("Invalid height: " + request.path().replaceAll(UNSAFE, ""));
    }
    ChainSnapshot now = chain.snapshot();
    if (height.getAsLong() > now.height()) {
      throw RestException.notFound("Block height out of range");
    }
    BlockHash hash = now.tip().ancestor((int) height.getAsLong()).hash();
    // In hex it is read by people: reversed, as always.
    return request.format() == RestFormat.HEX
        ? RestContent.changingText(hash.toString())
        : RestContent.changing(
            request, hash::toByteArray, () -> Json.object().put("blockhash", hash.toString()));
  }
}
