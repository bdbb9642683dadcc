package org.farthing.node.cli.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.farthing.node.cli.outcome.CliException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said is what the next command would do, whatever is known of either network. */
class SwapAdviceTest {
  private static final long NOW = 1_000_000;
  private static final String TXID = "ab".repeat(32);

  @TempDir Path folder;
  private Swap swap;

  @BeforeEach
  void open() throws CliException {
    swap = Swap.of(ContractFile.create(folder.resolve("swap.json"), Swap.KIND));
    swap.leg(Swap.FIRST).terms("testnet", BigDecimal.ONE, 900);
    swap.leg(Swap.SECOND).terms("regtest", BigDecimal.TEN, 500);
  }

  private ObjectNode leg(String owner) {
    return swap.file().content().withObjectProperty(owner);
  }

  private void locked(String owner) {
    leg(owner).put("txid", TXID).put("vout", 0).put("height", 100);
  }

  private void taken(String owner) {
    locked(owner);
    leg(owner).put("spent", true);
  }

  private void secretIsKnown() {
    swap.file().content().put("secret", "00".repeat(32));
  }

  /** When coins go back, in seconds from now. */
  private void times(long own, long other) {
    swap.file().content().put("own_until", NOW + own).put("seen_until", NOW + other);
  }

  private void deep(int confirmations) {
    swap.file().content().put("seen_confirmations", confirmations);
  }

  private String next() throws CliException {
    return new SwapAdvice(swap, SwapAdvice.USUAL_CONFIRMATIONS, NOW).next();
  }

  @Test
  void theFirstLocksWhileThereIsTime() throws CliException {
    swap.role(Swap.FIRST);
    times(100, 50);
    assertThat(next()).startsWith("farthing contract swap lock").endsWith("on testnet");
    times(0, 50);
    assertThat(next()).startsWith("do not lock: it is too late: block 900 is there");
    leg(Swap.FIRST).put("locking", true);
    assertThat(next()).startsWith("look again").contains("interrupted");
  }

  @Test
  void theSecondLocksWhereTheOthersCoinsAreDeepAndGoBackClearlyLater() throws CliException {
    swap.role(Swap.SECOND);
    times(100, 1_000);
    assertThat(next()).startsWith("wait: the other side's coins are not 6 blocks deep");
    locked(Swap.FIRST);
    deep(5);
    assertThat(next()).startsWith("wait: the other side's coins are not 6 blocks deep");
    deep(6);
    assertThat(next()).startsWith("farthing contract swap lock").endsWith("on regtest");
    times(100, 149);
    assertThat(next()).startsWith("do not lock: theirs can go back in 2 min 29 s already");
    times(100, 150);
    assertThat(next()).startsWith("farthing contract swap lock");
    times(0, 150);
    assertThat(next()).startsWith("do not lock: it is too late: block 500 is there");
  }

  @Test
  void nothingIsLockedForCoinsThatAreGone() throws CliException {
    swap.role(Swap.SECOND);
    times(100, 1_000);
    deep(50);
    taken(Swap.FIRST);
    assertThat(next()).startsWith("do not lock: the other side's coins have been taken");
  }

  @Test
  void theFirstClaimsWhereTheOthersCoinsAreDeepAndNotYetBack() throws CliException {
    swap.role(Swap.FIRST);
    locked(Swap.FIRST);
    locked(Swap.SECOND);
    times(1_000, 100);
    deep(1);
    assertThat(next()).startsWith("wait: the other side's coins are 1 block deep");
    deep(6);
    assertThat(next()).startsWith("farthing contract swap claim").endsWith("now, on regtest");
    times(1_000, 0);
    assertThat(next()).startsWith("look again on both networks");
    times(0, -900);
    assertThat(next()).startsWith("farthing contract swap refund").endsWith("on testnet");
  }

  @Test
  void theSecondClaimsWhenTheSecretIsKnown() throws CliException {
    swap.role(Swap.SECOND);
    locked(Swap.FIRST);
    locked(Swap.SECOND);
    times(100, 1_000);
    deep(1);
    assertThat(next()).startsWith("look again on both networks");
    secretIsKnown();
    taken(Swap.SECOND);
    assertThat(next()).startsWith("farthing contract swap claim").endsWith("now, on testnet");
    taken(Swap.FIRST);
    assertThat(next()).startsWith("nothing: the coins of both sides have been taken");
  }

  @Test
  void whoHasTheOthersCoinsIsDone() throws CliException {
    swap.role(Swap.FIRST);
    locked(Swap.FIRST);
    taken(Swap.SECOND);
    secretIsKnown();
    times(1_000, 100);
    assertThat(next()).startsWith("nothing: you have taken the other side's coins");
  }

  @Test
  void theSecondTakesHisCoinsBackWhenTheirTimeIsOver() throws CliException {
    swap.role(Swap.SECOND);
    locked(Swap.FIRST);
    locked(Swap.SECOND);
    times(0, 1_000);
    assertThat(next()).startsWith("farthing contract swap refund").endsWith("on regtest");
  }
}
