package org.farthing.consensus.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Difficulty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetargetTest {
  private static final Difficulty.Retarget MAIN =
      (Difficulty.Retarget) ConsensusParams.mainnet().difficulty();
  private static final int TWO_WEEKS = 1_209_600;

  /**
   * First and last block of a period of Bitcoin's main chain, their bits, the next period's bits.
   * The last line is made up, so that the upper limit shows (as in Bitcoin Core's tests).
   */
  @ParameterizedTest
  @CsvSource({
    // Blocks 0 to 2,015 came slowly; it was as easy as possible already.
    "1231006505, 1233061996, 1d00ffff, 1d00ffff",
    // Blocks 30,240 to 32,255: the first change ever.
    "1261130161, 1262152739, 1d00ffff, 1d00d86a",
    // Blocks 66,528 to 68,543 took less than a quarter of the time.
    "1279008237, 1279297671, 1c05a3f4, 1c0168fd",
    "1263163443, 1269211443, 1c387f6f, 1d00e1fd"
  })
  void mainChain(long firstSeconds, long lastSeconds, String bits, String next) {
    assertThat(next(bits, lastSeconds - firstSeconds)).isEqualTo(next);
  }

  private static String next(String bits, long tookSeconds) {
    int next = Retarget.nextBits(MAIN, (int) Long.parseLong(bits, 16), tookSeconds);
    return String.format("%08x", next);
  }

  @ParameterizedTest
  @CsvSource({
    // A quarter of the time, less, and a little more.
    "302400, 1b010000",
    "302399, 1b010000",
    "0, 1b010000",
    "-86400, 1b010000",
    "302424, 1b010005",
    // Four times, more, and a little less.
    "4838400, 1b100000",
    "4838401, 1b100000",
    "4838399, 1b0fffff",
    "4838375, 1b0ffffa",
    // On time.
    "1209600, 1b040000"
  })
  void stepsAreLimited(long tookSeconds, String next) {
    assertThat(next("1b040000", tookSeconds)).isEqualTo(next);
  }

  @Test
  void theLimitIsNeverPassed() {
    assertThat(next("1d00ffff", TWO_WEEKS + 1)).isEqualTo("1d00ffff");
    assertThat(next("1d00fffe", TWO_WEEKS + 1)).isEqualTo("1d00fffe");
    assertThat(next("1d00fffe", TWO_WEEKS + 19)).isEqualTo("1d00ffff");
    assertThat(next("1d008000", 2 * TWO_WEEKS)).isEqualTo("1d00ffff");
  }

  @Test
  void periods() {
    assertThat(MAIN.period()).isEqualTo(2016);
    assertThat(Retarget.beginsPeriod(2016, MAIN)).isTrue();
    assertThat(Retarget.beginsPeriod(2015, MAIN)).isFalse();
    assertThat(Retarget.beginsPeriod(2017, MAIN)).isFalse();
    Difficulty regtest = ConsensusParams.regtest().difficulty();
    assertThat(Retarget.beginsPeriod(144, regtest)).isTrue();
    assertThat(Retarget.beginsPeriod(143, regtest)).isFalse();
    assertThat(Retarget.beginsPeriod(144, ConsensusParams.testnet().difficulty())).isFalse();
  }
}
