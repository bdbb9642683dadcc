package org.farthing.wallet.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.testing.Decoding;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.ExtendedKey;

/** Descriptors; {@code KEY} in the input stands for an extended public key. */
class DescriptorFuzzTest {
  private static final Network NETWORK = ConsensusParams.regtest().network();
  private static final String KEY = ExtendedKey.ofSeed(new byte[16]).toPublicString(NETWORK);

  @FuzzTest
  void descriptor(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8).replace("KEY", KEY);
    Optional<Descriptor> descriptor =
        Decoding.ofText(
            text.length(), WalletException.class, () -> Descriptor.parse(text, NETWORK));
    if (descriptor.isPresent()) {
      Descriptor read = Descriptor.parse(descriptor.get().text(), NETWORK);
      assertThat(read).isEqualTo(descriptor.get());
      assertThat(read.text()).isEqualTo(descriptor.get().text());
    }
  }
}
