package org.farthing.node.fee;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.testing.Decoding;

/** The files that estimators are kept in. */
class FeesFuzzTest {
  private static final int HEIGHT = 6;

  @FuzzTest
  void blockPolicy(byte[] input) throws Exception {
    Optional<BlockPolicyEstimator> estimator =
        Decoding.of(input.length, DecodeException.class, () -> BlockPolicyEstimator.decode(input));
    if (estimator.isPresent()) {
      assertThat(estimator.get().encode()).isEqualTo(input);
      estimator.get().estimate(2, true);
    }
  }

  @FuzzTest
  void mempoolPolicy(byte[] input) throws Exception {
    Optional<MempoolPolicyEstimator> estimator =
        Decoding.of(
            input.length,
            DecodeException.class,
            () -> MempoolPolicyEstimator.decode(input, HEIGHT, BlockHash.ZERO));
    if (estimator.isPresent()) {
      assertThat(estimator.get().encode()).isEqualTo(input);
    }
  }
}
