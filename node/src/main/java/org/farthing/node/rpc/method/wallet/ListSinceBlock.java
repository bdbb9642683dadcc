package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.consensus.chain.ChainSnapshot;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.call.RpcRequest;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.ChainPort;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Category;
import org.farthing.node.rpc.spec.MethodSpec;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Read;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.TransactionDetails;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.Movement;
import org.farthing.wallet.history.Valuation;

/** {@code listsinceblock}. */
public final class ListSinceBlock implements RpcMethod {
  private static final Param<String> BLOCK =
      Param.text("blockhash", "After this block; all, if it is missing").orNothing();
  private static final Param<Integer> TARGET =
      Param.integer(
              "target_confirmations", "The block that the answer names has so many confirmations")
          .or(1);
  private static final Param<Boolean> WATCH_ONLY =
      Param.flag("include_watchonly", "Accepted and without effect").orNothing();
  private static final Param<Boolean> REMOVED =
      Param.flag("include_removed", "Also those of blocks that the chain has left").or(true);
  private static final Param<Boolean> CHANGE =
      Param.flag("include_change", "Also change").or(false);
  private static final Param<String> LABEL =
      Param.text("label", "Only payments to addresses of this name").orNothing();

  private static final MethodSpec SPEC =
      MethodSpec.of(
              "listsinceblock",
              Category.WALLET,
              "Returns the movements of transactions in blocks after a block, and of those in"
                  + " none.")
          .takes(BLOCK, TARGET, WATCH_ONLY, REMOVED, CHANGE, LABEL)
          .returns(
              Result.object(
                  "",
                  "",
                  Result.array("transactions", "", TransactionJson.lineShape()),
                  Result.array(
                          "removed",
                          "of blocks that the chain has left",
                          TransactionJson.lineShape())
                      .maybe(),
                  Result.hex("lastblock", "the block to ask for next time")))
          .example("")
          .example("\"blockhash\" 6");

  private final WalletAccess wallets;
  private final ChainPort chain;
  private final NodePort node;

  public ListSinceBlock(WalletAccess wallets, ChainPort chain, NodePort node) {
    this.wallets = wallets;
    this.chain = chain;
    this.node = node;
  }

  @Override
  public MethodSpec spec() {
    return SPEC;
  }

  @Override
  public JsonNode call(RpcRequest request) {
    int target = request.get(TARGET);
    if (target < 1) {
      throw RpcException.invalidParameter("Invalid parameter");
    }
    Optional<String> label = request.find(LABEL).map(Labels::checked);
    ChainSnapshot now = chain.snapshot();
    Optional<HeaderNode> since =
        request.find(BLOCK).filter(text -> !text.isEmpty()).map(text -> block(text, now));
    return wallets.ask(
        request,
        wallet -> {
          HeaderNode last = now.chain().header(wallet.info().lastBlock()).orElseThrow();
          Optional<HeaderNode> fork = since.map(node -> node.forkWith(last));
          int depth = fork.map(node -> last.height() + 1 - node.height()).orElse(-1);
          Lines lines = new Lines(wallet, label, request.get(CHANGE), TransactionJson.of(node));
          ArrayNode transactions = Json.array();
          wallet
              .history()
              .transactions()
              .filter(details -> depth < 0 || Math.abs(details.confirmations()) < depth)
              .forEach(details -> lines.add(details, false, transactions));
          ObjectNode json = Json.object();
          json.set("transactions", transactions);
          if (request.get(REMOVED)) {
            json.set("removed", removed(since, fork, now, lines));
          }
          int height = last.height() + 1 - Math.min(target, last.height() + 1);
          return json.put("lastblock", last.ancestor(height).hash().toString());
        });
  }

  private static HeaderNode block(String text, ChainSnapshot now) {
    return now.chain()
        .header(BlockHash.of(Read.hash("blockhash", text)))
        .orElseThrow(
            () -> new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Block not found"));
  }

  /** The lines of some transactions. */
  private record Lines(
      Wallet wallet, Optional<String> label, boolean change, TransactionJson form) {
    private Valuation.Shown shown(boolean removed) {
      if (removed) {
        return change ? Valuation.Shown.ALL : Valuation.Shown.CONFLICTED_TOO;
      }
      return change ? Valuation.Shown.WITH_CHANGE : Valuation.Shown.USUAL;
    }

    /**
     * @param removed from the chain
     */
    void add(TransactionDetails details, boolean removed, ArrayNode to) {
      for (Movement movement : wallet.history().movements(details.entry(), shown(removed))) {
        ObjectNode line = form.line(wallet, details, movement);
        if (label.isEmpty() || ListTransactions.isReceivedBy(label.get(), line)) {
          to.add(line);
        }
      }
    }
  }

  /** The lines of transactions in blocks from one up to the fork. */
  private static ArrayNode removed(
      Optional<HeaderNode> since, Optional<HeaderNode> fork, ChainSnapshot now, Lines lines)
      throws WalletException {
    ArrayNode removed = Json.array();
    if (since.isEmpty()) {
      return removed;
    }
    int end = fork.orElseThrow().height();
    for (HeaderNode node = since.get(); node.height() > end; node = node.parent()) {
      Block block =
          now.chain()
              .block(node.hash())
              .orElseThrow(
                  () ->
                      new RpcException(RpcErrorCode.INTERNAL_ERROR, "Can't read block from disk"));
      for (Transaction transaction : block.transactions()) {
        if (lines.wallet().history().find(transaction.txid()).isPresent()) {
          lines.add(lines.wallet().history().transaction(transaction.txid()), true, removed);
        }
      }
    }
    return removed;
  }
}
