package org.farthing.node.coins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.farthing.consensus.primitives.Amount;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.testing.TestKey;
import org.farthing.wallet.address.AddressType;
import org.farthing.wallet.descriptor.InputSize;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.selection.Fees;
import org.farthing.wallet.selection.SelectionPolicy;
import org.farthing.wallet.selection.SpendableCoin;
import org.farthing.wallet.selection.SpendableCoin.Ancestry;
import org.farthing.wallet.selection.SpendableCoin.Standing;
import org.farthing.wallet.spend.BuildRules;
import org.farthing.wallet.spend.Change;
import org.farthing.wallet.spend.CoinControl;
import org.farthing.wallet.spend.Payment;
import org.farthing.wallet.spend.SendRequest;
import org.farthing.wallet.spend.SigningKeys;
import org.farthing.wallet.spend.SpendSolver;
import org.farthing.wallet.spend.Supply;
import org.farthing.wallet.spend.TxBuilder;
import org.farthing.wallet.spend.TxPlan;

/** Our choice of coins, with the usual options, without a wallet around it. */
@SuppressWarnings("try")
final class OurPayer extends Payer {
  private static final SelectionPolicy POLICY =
      new SelectionPolicy(false, false, true, true, 25, 64);
  private static final long PATIENT_RATE = 10_000;
  private static final BuildRules RULES =
      new BuildRules(
          0,
          Amount.COIN,
          OptionalLong.of(0),
          new BuildRules.Rates(PATIENT_RATE, PATIENT_RATE, Fees.DUST_RATE_SAT_PER_KVB));

  /** The frame is reckoned in whole virtual bytes, before it is known how many coins are chosen. */
  private static final int FRAME_ROOM = 3;

  private final InputSize size;
  private final Random random;
  private int scripts;

  OurPayer(long seed) {
    SigningKeys keys = new SigningKeys();
    keys.add(new PrivateKey(TestKey.number(1).privateKey(), true));
    size = SpendSolver.inputSize(TestKey.number(1).p2wpkh(), keys).orElseThrow();
    random = new Random(seed);
  }

  @Override
  String name() {
    return "Farthing";
  }

  @Override
  Script newScript() {
    return ScriptPattern.p2wpkh(ByteBuffer.allocate(20).putInt(++scripts).array());
  }

  @Override
  void confirm(List<TxOut> receipts) {
    if (!receipts.isEmpty()) {
      ledger.receive(fromNowhere(receipts), scripts(receipts));
    }
  }

  @Override
  Paid makePayment(Script payee, long amountSat, long rate) throws Refusal {
    List<SpendableCoin> coins = new ArrayList<>();
    for (Map.Entry<OutPoint, Ledger.Coin> each : ledger.coins().entrySet()) {
      Ledger.Coin coin = each.getValue();
      Standing standing =
          new Standing(
              ledger.height() - coin.height() + 1,
              coin.own(),
              Optional.of(AddressType.BECH32),
              Ancestry.CONFIRMED);
      coins.add(new SpendableCoin(each.getKey(), coin.output(), Optional.of(size), standing, 0));
    }
    SendRequest request =
        new SendRequest(
            List.of(new Payment(payee, amountSat, false)), 1000 * rate, true, "", CoinControl.NONE);
    Change change = new Change(Optional.of(newScript()), size.weight());
    try {
      TxPlan plan =
          new TxBuilder(change, RULES, random)
              .build(request, new Supply(List.of(), coins, POLICY, together -> 0));
      expectFee(plan, rate);
      return new Paid(plan.unsigned(), plan.feeSat());
    } catch (WalletException e) {
      throw new Refusal(e);
    }
  }

  /**
   * What is asked for; without change at most as much more as change would cost, and too little
   * change.
   */
  private void expectFee(TxPlan plan, long rate) {
    long needed = Fees.ofWeight(1000 * rate, plan.maxWeight());
    if (plan.changeIndex().isPresent()) {
      assertThat(plan.feeSat()).isEqualTo(needed);
      return;
    }
    Script script = plan.unsigned().outputs().get(0).scriptPubKey();
    long making = rate * new TxOut(0, script).encodedSize();
    long least = Fees.dustLimitSat(script, PATIENT_RATE);
    // Each input's size is rounded up to whole virtual bytes, too.
    long rounding = rate * (FRAME_ROOM + plan.coins().size() / 4);
    assertThat(plan.feeSat()).isBetween(needed, needed + making + least + rounding);
  }
}
