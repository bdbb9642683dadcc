package org.farthing.wallet.psbt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.testing.Decoding;

class PsbtFuzzTest {
  /** What was written is read again as the same; and no role fails, whatever it is given. */
  @FuzzTest
  void psbt(byte[] input) throws Exception {
    Optional<Psbt> read =
        Decoding.of(input.length, DecodeException.class, () -> PsbtCodec.decode(input));
    if (read.isPresent()) {
      byte[] written = PsbtCodec.encode(read.get());
      Psbt again = PsbtCodec.decode(written);
      assertThat(PsbtCodec.encode(again)).isEqualTo(written);
      assertThat(again.unsigned()).isEqualTo(read.get().unsigned());
      PsbtAnalyzer.analyze(again);
      PsbtFinalizer.finish(again);
      assertThat(PsbtCombiner.combine(List.of(again, again)))
          .isEqualTo(again.unsigned().map(unsigned -> again));
    }
  }
}
