package org.farthing.node.coins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bitcoindevkit.CreateTxException;
import org.bitcoindevkit.Descriptor;
import org.bitcoindevkit.FeeRate;
import org.bitcoindevkit.KeychainKind;
import org.bitcoindevkit.Network;
import org.bitcoindevkit.Persister;
import org.bitcoindevkit.Psbt;
import org.bitcoindevkit.TxBuilder;
import org.bitcoindevkit.UnconfirmedTx;
import org.bitcoindevkit.Wallet;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.node.compatibility.KotlinCalls;

/**
 * A wallet of the Bitcoin Dev Kit. All is unconfirmed, which its choice of coins does not ask for.
 * It looks through all transactions that it knows for every payment: now and then it begins anew,
 * with coins of the same values.
 */
@SuppressWarnings("try")
final class BdkPayer extends Payer {
  private static final String KEY =
      "tprv8ZgxMBicQKsPd7Uf69XL1XwhmjHopUGep8GuEiJDZmbQz6o58LninorQAfcKZWARbtRtfnLcJ5MQ2AtHcQJCC"
          + "RUcMRvmDUjyEmNUWwx8UbK";
  private static final int LOOKAHEAD = 25;
  private static final int KEPT = 200;

  private Wallet wallet;
  private int known;

  BdkPayer() throws Exception {
    wallet = newWallet();
  }

  private static Wallet newWallet() throws Exception {
    return KotlinCalls.construct(
        Wallet.class,
        new Descriptor("wpkh(" + KEY + "/84h/1h/0h/0/*)", Network.REGTEST),
        new Descriptor("wpkh(" + KEY + "/84h/1h/0h/1/*)", Network.REGTEST),
        Network.REGTEST,
        Persister.Companion.newInMemory(),
        LOOKAHEAD);
  }

  @Override
  String name() {
    return "bdk";
  }

  @Override
  Script newScript() {
    try (var address = wallet.revealNextAddress(KeychainKind.EXTERNAL).getAddress();
        var script = address.scriptPubkey()) {
      return Script.of(script.toBytes());
    }
  }

  @Override
  void confirm(List<TxOut> receipts) throws Exception {
    if (!receipts.isEmpty()) {
      Transaction transaction = fromNowhere(receipts);
      ledger.receive(transaction, scripts(receipts));
      tell(transaction);
    }
    if (known >= KEPT) {
      expectSameCoins();
      beginAnew();
    }
  }

  private void beginAnew() throws Exception {
    wallet.close();
    wallet = newWallet();
    known = 0;
    List<TxOut> outputs = new ArrayList<>();
    for (Ledger.Coin coin : ledger.coins().values()) {
      outputs.add(new TxOut(coin.output().valueSat(), newScript()));
    }
    if (!outputs.isEmpty()) {
      Transaction all = fromNowhere(outputs);
      ledger.replace(all, scripts(outputs));
      tell(all);
    }
  }

  private void tell(Transaction transaction) throws Exception {
    try (var theirs = new org.bitcoindevkit.Transaction(transaction.serialize())) {
      wallet.applyUnconfirmedTxs(
          List.of(KotlinCalls.construct(UnconfirmedTx.class, theirs, (long) ++known)));
    }
  }

  @Override
  Paid makePayment(Script payee, long amountSat, long rate) throws Exception {
    var amount =
        (org.bitcoindevkit.Amount)
            KotlinCalls.call(org.bitcoindevkit.Amount.Companion, "fromSat", amountSat);
    FeeRate feeRate = (FeeRate) KotlinCalls.call(FeeRate.Companion, "fromSatPerVb", rate);
    try (Psbt psbt =
        new TxBuilder()
            .addRecipient(new org.bitcoindevkit.Script(payee.toByteArray()), amount)
            .feeRate(feeRate)
            .finish(wallet)) {
      Transaction transaction = Transaction.decode(psbt.extractTx().serialize());
      tell(transaction);
      return new Paid(transaction, (long) KotlinCalls.call(psbt, "fee"));
    } catch (CreateTxException e) {
      throw new Refusal(e);
    }
  }

  /** The wallet's own list says the same as the account of it. */
  void expectSameCoins() throws Exception {
    var unspent = wallet.listUnspent();
    long sum = 0;
    for (var output : unspent) {
      sum += (long) KotlinCalls.call(output.getTxout().getValue(), "toSat");
    }
    assertThat(unspent).hasSize(ledger.coins().size());
    assertThat(sum).isEqualTo(ledger.valueSat());
  }

  @Override
  public void close() throws Exception {
    expectSameCoins();
    wallet.close();
  }
}
