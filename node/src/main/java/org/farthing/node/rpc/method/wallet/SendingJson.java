package org.farthing.node.rpc.method.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.method.psbt.PsbtProcessing;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;
import org.farthing.wallet.Wallet;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;
import org.farthing.wallet.spend.TxPlan;

/**
 * What methods that send have in common: parameters, and the last step, which is signatures,
 * publication, and the answer.
 */
final class SendingJson {
  static final Param<Boolean> ADD_TO_WALLET =
      Param.flag("add_to_wallet", "Publish it and keep it; otherwise it is only returned").or(true);
  static final Param<Long> LOCK_TIME =
      Param.unsigned("locktime", 32, "The lock time").otherwise("about the height of the chain");
  static final Param<Boolean> PSBT =
      Param.flag("psbt", "Return a partially signed transaction, and publish nothing").or(false);

  static final Result RESULT =
      Result.object(
          "",
          "",
          Result.flag("complete", "whether all signatures are there"),
          Result.hex("txid", "the transaction id, if it is complete").maybe(),
          Result.hex("hex", "the transaction, if it is complete and not published").maybe(),
          Result.text("psbt", "the partially signed transaction, if it is not published").maybe());

  private SendingJson() {}

  /** Signs and publishes, as far as the caller wants it and the wallet can. */
  static ObjectNode finish(Wallet wallet, TxPlan plan, boolean addToWallet, boolean asPsbt)
      throws WalletException {
    if (wallet.descriptors().hasPrivateKeys()) {
      wallet.locking().expectUnlocked();
    }
    Psbt psbt = Psbt.of(plan.unsigned(), Psbt.HIGHEST_VERSION);
    Psbt processed = WalletPsbts.process(wallet, psbt, WalletPsbts.Wish.SIGN);
    Optional<Transaction> signed = PsbtProcessing.transaction(processed);
    boolean published = signed.isPresent() && addToWallet && !asPsbt;
    ObjectNode json = Json.object();
    if (published) {
      wallet.payments().publish(plan, signed.get(), WalletTx.Notes.of(""));
    } else {
      json.put("psbt", PsbtCodec.format(processed));
    }
    signed.ifPresent(transaction -> json.put("txid", transaction.txid().toString()));
    if (!published) {
      signed.ifPresent(transaction -> json.put("hex", Hex.encode(transaction.serialize())));
    }
    return json.put("complete", signed.isPresent());
  }
}
