package org.farthing.node.coins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.script.ScriptPattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same receipts and payments for several wallets: ours, bdk's, and with {@code
 * -Dfarthing.bitcoind=PROGRAM} Bitcoin Core's. Reports what each has paid and what is left
 * (docs/benchmarks.md), and fails where ours does not pay what its coins suffice for, or where its
 * fees or coins don't add up.
 */
class CoinSelectionComparisonTest {
  private static final int PAYMENTS = Integer.getInteger("farthing.coins.payments", 200);
  private static final long SEED = Long.getLong("farthing.coins.seed", 1);
  private static final String CORE = System.getProperty("farthing.bitcoind", "");

  /** The rate at which the coins that are left are spent some day, satoshis a virtual byte. */
  private static final long PATIENT_RATE = 10;

  private static final Script PAYEE = ScriptPattern.p2wpkh(new byte[20]);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void paysWhatOthersPay(Workload workload) throws Exception {
    List<Payer> payers = new ArrayList<>();
    try {
      OurPayer ours = new OurPayer(SEED);
      payers.add(ours);
      payers.add(new BdkPayer());
      if (!CORE.isEmpty()) {
        payers.add(new CorePayer(Path.of(CORE), folder));
      }
      run(workload, payers);
      report(workload, payers);
      assertThat(ours.refused()).isZero();
      assertThat(ours.ledger.payments()).isEqualTo(PAYMENTS);
    } finally {
      for (Payer payer : payers) {
        payer.close();
      }
    }
  }

  /** Side by side, since nothing is to be paid that one of them has not the coins for. */
  private static void run(Workload workload, List<Payer> payers) throws Exception {
    int[] rates = Workload.rates(new Random(SEED), PAYMENTS);
    for (int i = 0; i < PAYMENTS; i++) {
      Random random = new Random(SEED * 1_000_003 + i);
      receive(payers, workload.receiptsSat(random));
      while (affordable(payers, rates[i]) < 2 * workload.leastSat()) {
        receive(payers, List.of(workload.receiptSat(random)));
      }
      long amount = workload.paymentSat(random, affordable(payers, rates[i]));
      while (affordable(payers, rates[i]) < amount) {
        receive(payers, List.of(workload.receiptSat(random)));
      }
      for (Payer payer : payers) {
        payer.pay(PAYEE, amount, rates[i]);
      }
    }
  }

  private static long affordable(List<Payer> payers, long rate) {
    return payers.stream().mapToLong(payer -> payer.ledger.affordableSat(rate)).min().orElseThrow();
  }

  private static void receive(List<Payer> payers, List<Long> amounts) throws Exception {
    for (Payer payer : payers) {
      payer.receive(amounts);
    }
  }

  private static void report(Workload workload, List<Payer> payers) {
    int[] rates = Workload.rates(new Random(SEED), PAYMENTS);
    Arrays.sort(rates);
    System.out.printf(
        "%n%d payments at %d to %d sat/vB (median %d), seed %d, %s:%n%n| | fees, sat | with change"
            + " | inputs | most coins | coins left | fees, and what is left spent at %d sat/vB |"
            + " refused | ms for each |%n|---|---|---|---|---|---|---|---|---|%n",
        PAYMENTS,
        rates[0],
        rates[PAYMENTS - 1],
        rates[PAYMENTS / 2],
        SEED,
        workload.title(),
        PATIENT_RATE);
    for (Payer payer : payers) {
      Ledger ledger = payer.ledger;
      long later = PATIENT_RATE * Ledger.INPUT_SIZE * ledger.coins().size();
      System.out.printf(
          "| %s | %,d | %,d | %,d | %,d | %,d | %,d | %d | %.1f |%n",
          payer.name(),
          ledger.feesSat(),
          ledger.changes(),
          ledger.inputs(),
          ledger.most(),
          ledger.coins().size(),
          ledger.feesSat() + later,
          payer.refused(),
          1000 * payer.seconds() / Math.max(1, ledger.payments()));
    }
  }
}
