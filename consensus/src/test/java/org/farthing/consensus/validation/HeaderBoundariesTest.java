package org.farthing.consensus.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.MerkleRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each bound of a header, and one beyond. */
class HeaderBoundariesTest {
  private static final ConsensusParams MAIN = ConsensusParams.mainnet();
  private static final ConsensusParams TESTNET4 = ConsensusParams.testnet4();
  private static final int BITS = 0x1d00ffff;
  private static final long MEDIAN = 1_000_000;
  private static final long PARENT = 1_003_000;
  private static final long NOW = 2_000_000;

  private static BlockHeader header(int version, long timeSeconds, int bits) {
    return new BlockHeader(version, BlockHash.ZERO, MerkleRoot.ZERO, timeSeconds, bits, 0);
  }

  /** The reason as Bitcoin Core writes it, or "accepted". */
  private static String verdict(BlockHeader header, int height, ConsensusParams params) {
    HeaderContext context = new HeaderContext(height, PARENT, MEDIAN, BITS);
    Verdict verdict = HeaderChecks.inHeaderContext(header, context, params, NOW);
    return Optional.of(verdict)
        .filter(Verdict.Rejected.class::isInstance)
        .map(rejected -> ((Verdict.Rejected) rejected).label())
        .orElse("accepted");
  }

  @ParameterizedTest
  @CsvSource({
    "227930, 1, accepted",
    "227930, -1, accepted",
    "227931, 1, bad-version(0x00000001)",
    "227931, 2, accepted",
    "227931, 0, bad-version(0x00000000)",
    "227931, -1, bad-version(0xffffffff)",
    "363724, 2, accepted",
    "363725, 2, bad-version(0x00000002)",
    "363725, 3, accepted",
    "388380, 3, accepted",
    "388381, 3, bad-version(0x00000003)",
    "388381, 4, accepted",
    "388381, 2147483647, accepted",
    "900000, 3, bad-version(0x00000003)",
    "900000, 536870912, accepted"
  })
  void versions(int height, int version, String expected) {
    assertThat(verdict(header(version, MEDIAN + 1, BITS), height, MAIN)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "999999, time-too-old",
    "1000000, time-too-old",
    "1000001, accepted",
    "2007200, accepted",
    "2007201, time-too-new",
    "4294967295, time-too-new"
  })
  void times(long timeSeconds, String expected) {
    assertThat(verdict(header(4, timeSeconds, BITS), 1, MAIN)).isEqualTo(expected);
  }

  /** BIP-0094, in the first block of a period. */
  @ParameterizedTest
  @CsvSource({
    "2016, 1002400, accepted",
    "2016, 1002399, time-timewarp-attack",
    "4032, 1002399, time-timewarp-attack",
    "2015, 1002399, accepted",
    "2017, 1000001, accepted",
    "2016, 1000000, time-too-old"
  })
  void timewarp(int height, long timeSeconds, String expected) {
    assertThat(verdict(header(4, timeSeconds, BITS), height, TESTNET4)).isEqualTo(expected);
  }

  @Test
  void theMainNetworkDoesNotKnowBip94() {
    assertThat(verdict(header(4, MEDIAN + 1, BITS), 2016, MAIN)).isEqualTo("accepted");
    assertThat(verdict(header(4, MEDIAN + 1, BITS), 144, ConsensusParams.regtest()))
        .isEqualTo("accepted");
    assertThat(verdict(header(4, MEDIAN + 1, BITS), 144, ConsensusParams.regtest().withBip94()))
        .isEqualTo("time-timewarp-attack");
  }

  /** Of several broken rules the target is named first, then the times, then the version. */
  @Test
  void order() {
    assertThat(verdict(header(1, MEDIAN, BITS - 1), 900_000, MAIN)).isEqualTo("bad-diffbits");
    assertThat(verdict(header(1, MEDIAN, BITS), 900_000, MAIN)).isEqualTo("time-too-old");
    assertThat(verdict(header(1, NOW + 7201, BITS), 900_000, MAIN)).isEqualTo("time-too-new");
  }
}
