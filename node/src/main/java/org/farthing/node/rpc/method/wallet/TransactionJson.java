package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Wtxid;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.NodePort;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.TransactionDetails;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.history.Movement;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;

/**
 * A wallet's transactions in JSON.
 *
 * @param signals with what transactions say of being replaced, which no longer matters
 */
record TransactionJson(boolean signals) {
  private static final String SIGNALS = "bip125";

  /** As the operator wants it. */
  static TransactionJson of(NodePort node) {
    return new TransactionJson(node.allowsDeprecated(SIGNALS));
  }

  /** What a transaction of a wallet has beside amounts. */
  static Result[] commonShape() {
    return new Result[] {
      Result.number("confirmations", "negative where a block conflicts with it"),
      Result.flag("generated", "a coinbase").maybe(),
      Result.flag("trusted", "unconfirmed, and by the owner alone").maybe(),
      Result.hex("blockhash", "its block").maybe(),
      Result.number("blockheight", "the height of its block").maybe(),
      Result.number("blockindex", "its place in the block").maybe(),
      Result.time("blocktime", "of its block").maybe(),
      Result.hex("txid", "the transaction id"),
      Result.hex("wtxid", "the witness transaction id"),
      Result.array(
          "alternate_wtxids",
          "of the same transaction with other witnesses that were seen",
          Result.hex("", "wtxid")),
      Result.array(
          "walletconflicts",
          "transactions of the wallet that spend the same",
          Result.hex("", "txid")),
      Result.hex("replaced_by_txid", "what the wallet made in its place").maybe(),
      Result.hex("replaces_txid", "in whose place the wallet made it").maybe(),
      Result.array(
          "mempoolconflicts",
          "transactions of the mempool that spend the same as it or one that it stands on",
          Result.hex("", "txid")),
      Result.time("time", "the block's or when it came, in the order of the wallet's history"),
      Result.time("timereceived", "when the wallet saw it first"),
      Result.text("comment", "the owner's note").maybe(),
      Result.text("to", "who was paid, as the owner says").maybe(),
      Result.text(
              "bip125-replaceable",
              "yes or no: it waits, and says that it may be replaced; with -deprecatedrpc=bip125")
          .maybe()
    };
  }

  void addCommon(Wallet wallet, TransactionDetails details, ObjectNode json) {
    WalletTx entry = details.entry();
    json.put("confirmations", details.confirmations());
    if (entry.transaction().isCoinbase()) {
      json.put("generated", true);
    }
    if (entry.state() instanceof TxState.Confirmed in) {
      json.put("blockhash", in.block().toString());
      json.put("blockheight", in.height());
      json.put("blockindex", in.position());
      json.put("blocktime", in.blockTimeSeconds());
    } else {
      json.put("trusted", details.trusted());
    }
    json.put("txid", entry.txid().toString());
    json.put("wtxid", entry.transaction().wtxid().toString());
    json.set("walletconflicts", Json.strings(wallet.history().conflictsOf(entry)));
    json.set("alternate_wtxids", Json.strings(otherWtxids(entry)));
    entry.notes().replacedBy().ifPresent(by -> json.put("replaced_by_txid", by.toString()));
    entry.notes().replaces().ifPresent(old -> json.put("replaces_txid", old.toString()));
    json.set("mempoolconflicts", Json.strings(wallet.history().mempoolConflictsOf(entry)));
    json.put("time", entry.times().shownSeconds());
    json.put("timereceived", entry.times().receivedSeconds());
    putIfAny(json, "comment", entry.notes().comment());
    putIfAny(json, "to", entry.notes().to());
    if (signals) {
      boolean replaceable = !entry.isConfirmed() && entry.transaction().saysReplaceable();
      json.put("bip125-replaceable", replaceable ? "yes" : "no");
    }
  }

  private static List<Wtxid> otherWtxids(WalletTx entry) {
    return entry.variants().stream().map(Transaction::wtxid).toList();
  }

  private static void putIfAny(ObjectNode json, String name, String text) {
    if (!text.isEmpty()) {
      json.put(name, text);
    }
  }

  /** What one movement has beside its transaction. */
  static Result[] movementShape() {
    return new Result[] {
      Result.text("address", "where the coins went").maybe(),
      Result.text("category", "send, receive, generate, immature or orphan"),
      Result.amount("amount", "coins; negative for what went out"),
      Result.text("label", "the owner's name for the address").maybe(),
      Result.number("vout", "the index of the output"),
      Result.amount("fee", "coins; negative; only of what went out").maybe(),
      Result.flag("abandoned", "given up; false unless it is")
    };
  }

  /** All that a line of the history has, whole. */
  ObjectNode line(Wallet wallet, TransactionDetails details, Movement movement) {
    ObjectNode json = movement(wallet, details, movement);
    addCommon(wallet, details, json);
    return json;
  }

  static Result lineShape() {
    return Result.object("", "", movementShape()).plus(commonShape());
  }

  static ObjectNode movement(Wallet wallet, TransactionDetails details, Movement movement) {
    ObjectNode json = Json.object();
    Optional<Address> address = wallet.addresses().of(movement.script());
    address.ifPresent(text -> json.put("address", text.toString()));
    json.put("category", movement.category().label());
    json.set("amount", Json.amount(movement.amountSat()));
    address.flatMap(wallet.addresses()::labelOf).ifPresent(label -> json.put("label", label));
    json.put("vout", movement.outPoint().index());
    if (movement.category() == Movement.Category.SEND && details.feeSat().isPresent()) {
      json.set("fee", Json.amount(-details.feeSat().getAsLong()));
    }
    json.put("abandoned", details.entry().state() instanceof TxState.Abandoned);
    return json;
  }
}
