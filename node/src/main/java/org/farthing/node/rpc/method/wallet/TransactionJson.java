package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.TransactionDetails;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.history.Movement;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;

/** A wallet's transaction in JSON. */
final class TransactionJson {
  private TransactionJson() {}

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
      Result.array("walletconflicts", "that spend the same", Result.hex("", "txid")),
      Result.array("mempoolconflicts", "that spend the same", Result.hex("", "txid")),
      Result.time("time", "when it was first seen"),
      Result.time("timereceived", "the same"),
      Result.text("comment", "the owner's note").maybe(),
      Result.text("bip125-replaceable", "yes or no")
    };
  }

  static void addCommon(Wallet wallet, TransactionDetails details, ObjectNode json) {
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
    json.putArray("mempoolconflicts");
    json.put("time", entry.firstSeenSeconds());
    json.put("timereceived", entry.firstSeenSeconds());
    if (!entry.note().isEmpty()) {
      json.put("comment", entry.note());
    }
    boolean replaceable = !entry.isConfirmed() && entry.transaction().saysReplaceable();
    json.put("bip125-replaceable", replaceable ? "yes" : "no");
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
  static ObjectNode line(Wallet wallet, TransactionDetails details, Movement movement) {
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
