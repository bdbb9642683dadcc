package org.farthing.node.rpc.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.chain.BlockUndo;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.node.rpc.call.Reply;
import org.farthing.node.rpc.json.BlockJson;
import org.farthing.node.rpc.port.ChainPort;

/**
 * {@code block/<hash>}, the same without transactions ({@code block/notxdetails/<hash>}), and some
 * bytes of it ({@code blockpart/<hash>?offset=<bytes>&size=<bytes>}). The bytes of a block are the
 * same for ever; its JSON is not, for it tells where the block stands in the chain.
 */
final class BlockResource {
  private final ChainPort chain;
  private final BlockJson blocks;

  BlockResource(ChainPort chain) {
    this.chain = chain;
    this.blocks = new BlockJson(chain.params().network());
  }

  /** A block as of now. */
  private record Found(ChainSnapshot now, HeaderNode node, BlockBytes bytes) {}

  /** What is read only once, when it is needed. */
  @FunctionalInterface
  private interface BlockBytes {
    byte[] get();
  }

  Reply whole(RestRequest request) {
    return get(request, BlockJson.Detail.TRANSACTIONS_WITH_COINS);
  }

  Reply withoutTransactions(RestRequest request) {
    return get(request, BlockJson.Detail.TXIDS);
  }

  private Reply get(RestRequest request, BlockJson.Detail detail) {
    Found found = find(request.path());
    return RestContent.immutableBytes(request, found.bytes()::get, () -> json(found, detail));
  }

  Reply part(RestRequest request) {
    long offset = number(request, "offset");
    long size = number(request, "size");
    Found found = find(request.path());
    byte[] bytes = found.bytes().get();
    if (size == 0 || offset > bytes.length || size > bytes.length - offset) {
      throw RestException.badRequest(
          "Bad block part offset/size %d/%d for %s".formatted(offset, size, request.path()));
    }
    byte[] part = Arrays.copyOfRange(bytes, (int) offset, (int) (offset + size));
    return RestContent.immutableBytes(
        request,
        () -> part,
        () -> {
          throw RestException.badRequest("JSON output is not supported for this request type");
        });
  }

  private static long number(RestRequest request, String name) {
    OptionalLong value = RestRequest.unsigned(request.parameter(name).orElse(""));
    return value.orElseThrow(
        () -> RestException.badRequest("Block part " + name + " missing or invalid"));
  }

  private Found find(String hash) {
    ChainSnapshot now = chain.snapshot();
    HeaderNode node =
        now.chain()
            .header(RestRequest.hash(hash))
            .orElseThrow(() -> RestException.notFound(hash + " not found"));
    if (!now.chain().status(node).isStored()) {
      throw missing(now, node);
    }
    return new Found(
        now, node, () -> now.chain().blockBytes(node.hash()).orElseThrow(() -> missing(now, node)));
  }

  private static RestException missing(ChainSnapshot now, HeaderNode node) {
    String why =
        now.chain().status(node).isPruned()
            ? " not available (pruned data)"
            : " not available (not fully downloaded)";
    return RestException.notFound(node.hash() + why);
  }

  private JsonNode json(Found found, BlockJson.Detail detail) {
    Optional<BlockUndo> undo =
        detail == BlockJson.Detail.TXIDS
            ? Optional.empty()
            : found.now().chain().undo(found.node().hash());
    return blocks.block(found.now(), found.node(), block(found), undo, detail);
  }

  private static Block block(Found found) {
    try {
      return Block.decode(found.bytes().get());
    } catch (DecodeException e) {
      throw RestException.internal("I/O error reading " + found.node().hash());
    }
  }
}
