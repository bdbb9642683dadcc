package org.farthing.consensus.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AheadTest {
  private final List<Runnable> handedOver = new ArrayList<>();
  private final AtomicInteger made = new AtomicInteger();

  @Test
  void nobodyWaitsForAWorkerThatHasNotBegun() {
    Supplier<Integer> ahead = Ahead.of(made::incrementAndGet, handedOver::add);
    assertThat(ahead.get()).isEqualTo(1);
    handedOver.forEach(Runnable::run);
    assertThat(ahead.get()).isEqualTo(1);
    assertThat(made).hasValue(1);
  }

  @Test
  void whatAWorkerHasMadeIsNotMadeAgain() {
    Supplier<Integer> ahead = Ahead.of(made::incrementAndGet, Runnable::run);
    assertThat(made).hasValue(1);
    assertThat(ahead.get()).isEqualTo(1);
    assertThat(made).hasValue(1);
  }

  @Test
  void whatAWorkerThrewIsThrownToWhoWantsIt() {
    Supplier<Integer> failing =
        Ahead.of(
            () -> {
              throw new StoreException("no such block");
            },
            Runnable::run);
    assertThatThrownBy(failing::get).isInstanceOf(StoreException.class).hasMessage("no such block");
    Supplier<Integer> bug =
        Ahead.of(
            () -> {
              throw new AssertionError("impossible");
            },
            Runnable::run);
    assertThatThrownBy(bug::get).isInstanceOf(AssertionError.class).hasMessage("impossible");
  }
}
