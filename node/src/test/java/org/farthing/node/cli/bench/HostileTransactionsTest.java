package org.farthing.node.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.farthing.node.cli.bench.HostilePool.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of transactions that are meant to keep a mempool busy. How long they take is
 * measured by the benchmark; here a limit that is far off shows that no kind takes minutes.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileTransactionsTest {
  private static final double LONG_MILLIS = 20_000;

  private final HostileTransactions hostile = new HostileTransactions(40);

  private static void allRefused(List<Answer> answers, String reason) {
    assertThat(answers).isNotEmpty();
    assertThat(answers).extracting(Answer::reason).allMatch(each -> each.startsWith(reason));
    quick(answers);
  }

  private static void allAccepted(List<Answer> answers) {
    assertThat(answers).isNotEmpty().allMatch(Answer::isAccepted);
    quick(answers);
  }

  private static void quick(List<Answer> answers) {
    assertThat(answers).extracting(Answer::millis).allMatch(millis -> millis < LONG_MILLIS);
  }

  @Test
  void honestPaymentsAreTaken() {
    allAccepted(hostile.honestPayments());
  }

  /** Among so many equal hash codes a list would take minutes. */
  @Test
  void chosenHashCodesGainNothing() {
    allRefused(hostile.collidingInputs(), "bad-txns-oversize");
  }

  @Test
  void replacementsPayEachForItself() {
    allAccepted(hostile.replacements());
    allAccepted(hostile.conflictingPackages());
  }

  @Test
  void conflictsAreCountedBeforeTheyAreWeighed() {
    allRefused(hostile.conflictsWithEverybody(), "too many potential replacements");
  }

  @Test
  void replacingThousandsCostsWhatTheyPay() {
    allRefused(hostile.conflictsWithChainsForTooLittle(), "insufficient fee");
    allRefused(hostile.conflictsWithChainsAtALowRate(), "replacement-failed");
    allAccepted(hostile.replacesThousands());
  }

  @Test
  void denseClustersAreOrderedInTime() {
    allAccepted(hostile.denseClusters());
    allRefused(hostile.conflictsWithDenseClusters(), "replacement-failed");
  }

  @Test
  void chainsEndWhereAClusterIsFull() {
    List<Answer> answers = hostile.longChains();
    int full = HostileTransactions.CLUSTER;
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).reason())
          .isEqualTo(i % full == full - 1 ? "too-large-cluster" : "");
    }
    quick(answers);
  }

  @Test
  void aPinnedPaymentCanBeReplaced() {
    allAccepted(hostile.pinnedPayments());
  }

  @Test
  void largePackagesThatPayTooLittleAreRefused() {
    allRefused(hostile.largePackages(), "transaction failed");
  }

  @Test
  void oneWrongSignatureIsFoundWithinBounds() {
    allRefused(hostile.costlyScripts(), "mempool-script-verify-flag-failed");
  }

  @Test
  void aFullMempoolStaysWithinItsMemory() {
    List<Double> fullness = new ArrayList<>();
    allAccepted(hostile.evictions(fullness));
    assertThat(fullness).hasSize(40).allMatch(part -> part > 0.9 && part <= 1);
  }
}
