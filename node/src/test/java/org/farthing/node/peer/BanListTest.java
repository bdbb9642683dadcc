package org.farthing.node.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.farthing.node.peer.BanList.Ban;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NetRange;
import org.farthing.node.wire.TestAddress;
import org.junit.jupiter.api.Test;

class BanListTest {
  private static final long USUAL = 86_400;

  private long nowSeconds = 1_700_000_000;
  private final BanList bans = new BanList(() -> nowSeconds * 1000, USUAL);
  private final List<List<Ban>> saved = new ArrayList<>();

  private static NetRange range(String text) {
    return NetRange.parse(text).orElseThrow();
  }

  private static NetAddress address(String text) {
    return TestAddress.of(text, 8333);
  }

  @Test
  void aBanHoldsForAllInItUntilItIsOver() {
    bans.banFor(range("10.1.0.0/16"), 60);
    assertThat(bans.isBanned(address("10.1.2.3"))).isTrue();
    assertThat(bans.isBanned(address("10.2.2.3"))).isFalse();
    assertThat(bans.isBanned(range("10.1.0.0/16"))).isTrue();
    assertThat(bans.isBanned(range("10.1.0.0/17"))).isFalse();
    nowSeconds += 59;
    assertThat(bans.isBanned(address("10.1.2.3"))).isTrue();
    nowSeconds++;
    assertThat(bans.isBanned(address("10.1.2.3"))).isFalse();
  }

  @Test
  void withoutATimeItLastsAsLongAsUsual() {
    bans.banFor(range("10.1.2.3"), 0);
    assertThat(bans.all())
        .containsExactly(new Ban(range("10.1.2.3/32"), nowSeconds, nowSeconds + USUAL));
  }

  @Test
  void aLongerBanStays() {
    bans.banFor(range("10.1.2.3"), 100);
    nowSeconds += 10;
    bans.banFor(range("10.1.2.3"), 50);
    assertThat(bans.all()).extracting(Ban::untilSeconds).containsExactly(nowSeconds + 90);
    bans.banUntil(range("10.1.2.3"), nowSeconds + 91);
    assertThat(bans.all()).containsExactly(new Ban(range("10.1.2.3"), nowSeconds, nowSeconds + 91));
  }

  @Test
  void bansAreTakenBackAsTheyWereMade() {
    bans.banFor(range("10.1.0.0/16"), 60);
    assertThat(bans.unban(range("10.1.2.3"))).isFalse();
    assertThat(bans.unban(range("10.1.9.9/16"))).isTrue();
    assertThat(bans.all()).isEmpty();
  }

  @Test
  void theyAreKeptInOrder() {
    bans.restore(
        List.of(
            new Ban(range("1.1.1.1"), 5, nowSeconds - 1), new Ban(range("8.8.8.8"), 5, nowSeconds)),
        saved::add);
    for (String text : List.of("2001:db8::/32", "10.0.0.0/9", "10.0.0.0/8", "9.9.9.9")) {
      bans.banFor(range(text), 60);
    }
    assertThat(saved).hasSize(4);
    assertThat(saved.get(3))
        .extracting(ban -> ban.range().toString())
        .containsExactly("8.8.8.8/32", "9.9.9.9/32", "10.0.0.0/8", "10.0.0.0/9", "2001:db8::/32");
    nowSeconds++;
    assertThat(bans.all()).hasSize(4);
    assertThat(saved.get(4)).as("what is over is gone from the file too").hasSize(4);
    bans.clear();
    assertThat(saved.get(5)).isEmpty();
  }

  @Test
  void whoIsDiscouragedIsNotBanned() {
    bans.discourage(address("8.8.8.8:1"));
    assertThat(bans.isDiscouraged(address("8.8.8.8:2"))).isTrue();
    assertThat(bans.isBanned(address("8.8.8.8:2"))).isFalse();
    assertThat(bans.isWelcome(address("8.8.8.8:2"))).isFalse();
    assertThat(bans.isWelcome(address("8.8.8.9:2"))).isTrue();
  }
}
