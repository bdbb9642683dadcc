package org.farthing.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.Difficulty;
import org.farthing.consensus.params.SignalledDeployment.Schedule;
import org.junit.jupiter.api.Test;

/** What options change of a network's rules; texts are Bitcoin Core's. */
class NetworkReaderTest {
  private static ConsensusParams read(String network, Option option, String... values)
      throws ConfigException {
    OptionValues given = new OptionValues();
    for (String value : values) {
      given.add(option, value);
    }
    return NetworkReader.params(new OptionReader(List.of(given)), network);
  }

  private static void assertRefused(String message, Option option, String... values) {
    assertThatThrownBy(() -> read("regtest", option, values))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void heightsOfActivation() throws ConfigException {
    ConsensusParams params =
        read("regtest", Option.TEST_ACTIVATION_HEIGHT, "dersig@102", "segwit@0");
    assertThat(params.isActive(Deployment.BIP66, 101)).isFalse();
    assertThat(params.isActive(Deployment.BIP66, 102)).isTrue();
    assertThat(params.isActive(Deployment.BIP65, 1)).isTrue();
    assertRefused(
        "Invalid format (dersig) for -testactivationheight=name@height.",
        Option.TEST_ACTIVATION_HEIGHT,
        "dersig");
    assertRefused(
        "Invalid height value (dersig@-1) for -testactivationheight=name@height.",
        Option.TEST_ACTIVATION_HEIGHT,
        "dersig@-1");
    assertRefused(
        "Invalid name (taproot@1) for -testactivationheight=name@height.",
        Option.TEST_ACTIVATION_HEIGHT,
        "taproot@1");
  }

  @Test
  void schedulesOfVotes() throws ConfigException {
    assertThat(schedule("testdummy:1:2:3")).isEqualTo(new Schedule(1, 2, 3));
    assertThat(schedule("testdummy:-1:0")).isEqualTo(new Schedule(Schedule.ALWAYS_ACTIVE, 0, 0));
    assertRefused("Invalid deployment (taproot)", Option.VB_PARAMS, "taproot:1:2");
    assertRefused("Invalid nStartTime (x)", Option.VB_PARAMS, "testdummy:x:2");
    assertRefused("Invalid nTimeout (x)", Option.VB_PARAMS, "testdummy:1:x");
    assertRefused("Invalid min_activation_height (x)", Option.VB_PARAMS, "testdummy:1:2:x");
    assertRefused(
        "Version bits parameters malformed, expecting"
            + " deployment:start:end[:min_activation_height]",
        Option.VB_PARAMS,
        "testdummy:1");
  }

  private static Schedule schedule(String text) throws ConfigException {
    return read("regtest", Option.VB_PARAMS, text).deployments().signalled().get(0).schedule();
  }

  @Test
  void bip94IsForFixedTargets() throws ConfigException {
    assertThat(read("regtest", Option.TEST, "addrman", "bip94").difficulty().variations())
        .containsExactly(Difficulty.Variation.BIP94);
    assertThat(read("regtest", Option.TEST, "addrman").difficulty().variations()).isEmpty();
    assertThat(read("signet", Option.TEST, "bip94").difficulty().variations()).isEmpty();
  }

  @Test
  void challengesOfSignets() throws ConfigException {
    assertThat(read("signet", Option.SIGNET_CHALLENGE, "51").blockChallenge().orElseThrow())
        .hasToString("51");
    assertThat(read("signet", Option.SIGNET_CHALLENGE)).isEqualTo(ConsensusParams.signet());
    assertThat(read("regtest", Option.SIGNET_CHALLENGE, "51")).isEqualTo(ConsensusParams.regtest());
    assertThatThrownBy(() -> read("signet", Option.SIGNET_CHALLENGE, "abc"))
        .hasMessage("-signetchallenge must be hex, not 'abc'.");
    // Also the same one twice.
    assertThatThrownBy(() -> read("signet", Option.SIGNET_CHALLENGE, "51", "51"))
        .hasMessage("-signetchallenge cannot be multiple values.");
  }
}
