package org.farthing.wallet.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Script;
import org.farthing.testing.Decoding;
import org.farthing.wallet.error.WalletException;

/** Addresses and payment links, as people type and paste them. */
class AddressFuzzTest {
  private static final List<Network> NETWORKS =
      ConsensusParams.all().map(ConsensusParams::network).toList();

  @FuzzTest
  void address(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    for (Network network : NETWORKS) {
      Optional<Address> address =
          Decoding.ofText(input.length, WalletException.class, () -> Address.parse(text, network));
      if (address.isPresent()) {
        assertThat(address.get().toString()).isEqualToIgnoringCase(text);
        assertThat(Address.parse(address.get().toString(), network)).isEqualTo(address.get());
        assertThat(Address.ofScript(address.get().toScript(), network)).isEqualTo(address);
      }
    }
  }

  /** The address of a script is the address of that script again. */
  @FuzzTest
  void script(byte[] input) throws Exception {
    Network network = NETWORKS.get(0);
    Optional<Address> address = Address.ofScript(Script.of(input), network);
    if (address.isPresent()) {
      assertThat(Address.parse(address.get().toString(), network)).isEqualTo(address.get());
      assertThat(address.get().toScript()).isEqualTo(Script.of(input));
    }
  }

  /** A link, or what stands in a link behind an address. */
  @FuzzTest
  void paymentUri(byte[] input) throws Exception {
    Network network = ConsensusParams.regtest().network();
    String behind = new String(input, StandardCharsets.UTF_8);
    String text =
        PaymentUri.isUri(behind)
            ? behind
            : "bitcoin:" + Address.p2pkh(network, new byte[20]) + "?" + behind;
    Optional<PaymentUri> uri =
        Decoding.ofText(
            text.length(), WalletException.class, () -> PaymentUri.parse(text, network));
    if (uri.isPresent()) {
      assertThat(PaymentUri.parse(uri.get().toString(), network)).isEqualTo(uri.get());
    }
  }
}
