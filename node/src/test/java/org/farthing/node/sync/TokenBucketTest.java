package org.farthing.node.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
  @Test
  void tokensComeBackWithTimeUpToTheCapacity() {
    TokenBucket bucket = new TokenBucket(2, 10, 20);
    bucket.fill(1_000);
    assertThat(bucket.tokens()).as("the first time only begins the count").isEqualTo(10);
    bucket.fill(3_500);
    assertThat(bucket.tokens()).isEqualTo(15);
    bucket.fill(60_000);
    assertThat(bucket.tokens()).isEqualTo(20);
    bucket.fill(50_000);
    assertThat(bucket.tokens()).as("a clock that is set back gives nothing").isEqualTo(20);
  }

  @Test
  void itMayBeOverdrawnDownToAFloor() {
    TokenBucket bucket = new TokenBucket(1, 2, 10);
    assertThat(bucket.take(1, 0)).isTrue();
    assertThat(bucket.take(1, 0)).isFalse();
    assertThat(bucket.take(1, -2)).isTrue();
    assertThat(bucket.tokens()).isEqualTo(-1);
  }

  @Test
  void moreThanTheCapacityIsNeverThere() {
    assertThat(new TokenBucket(1, 50, 10).tokens()).isEqualTo(10);
  }

  @Test
  void whatIsThereMayBeTakenWhole() {
    TokenBucket bucket = new TokenBucket(1, 2, 10);
    assertThat(bucket.takeIfThere(3)).isFalse();
    assertThat(bucket.takeIfThere(2)).isTrue();
    assertThat(bucket.tokens()).isZero();
  }

  @Test
  void whatIsAddedMayBeMoreThanTheCapacity() {
    TokenBucket bucket = new TokenBucket(1, 1, 10);
    bucket.fill(0);
    bucket.add(10);
    bucket.fill(5_000);
    assertThat(bucket.tokens()).as("nothing comes back to a full one").isEqualTo(11);
  }
}
