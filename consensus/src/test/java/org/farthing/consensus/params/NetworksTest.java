package org.farthing.consensus.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.validation.ProofOfWork;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NetworksTest {
  private static final String SATOSHIS_ROOT =
      "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";

  /** What the world knows of a network: its first block and its magic. */
  private record Published(ConsensusParams params, String genesis, String merkleRoot, int magic) {}

  @TestFactory
  Stream<DynamicTest> bitcoinsNetworksAreTheirs() {
    return Stream.of(
            new Published(
                ConsensusParams.mainnet(),
                "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
                SATOSHIS_ROOT,
                0xf9beb4d9),
            new Published(
                ConsensusParams.testnet4(),
                "00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043",
                "7aa0a7ae1e223414cb807e40cd57e667b718e42aaf9306db9102fe28912b7b4e",
                0x1c163f28),
            new Published(
                ConsensusParams.signet(),
                "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6",
                SATOSHIS_ROOT,
                0x0a03cf40),
            new Published(
                ConsensusParams.regtest(),
                "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
                SATOSHIS_ROOT,
                0xfabfb5da))
        .map(
            expected ->
                DynamicTest.dynamicTest(
                    expected.params().network().name(), () -> assertMatches(expected)));
  }

  private static void assertMatches(Published expected) {
    ConsensusParams params = expected.params();
    assertThat(params.genesis().hash()).hasToString(expected.genesis());
    assertThat(params.genesis().header().merkleRoot()).hasToString(expected.merkleRoot());
    assertThat(params.network().magic()).isEqualTo(expected.magic());
  }

  @TestFactory
  Stream<DynamicTest> everyGenesisHasItsProofOfWork() {
    return ConsensusParams.all()
        .map(
            params ->
                DynamicTest.dynamicTest(
                    params.network().name(),
                    () -> {
                      var header = params.genesis().header();
                      assertThat(
                              ProofOfWork.isMet(header.hash(), header.bits(), params.difficulty()))
                          .isTrue();
                      assertThat(header.bits()).isEqualTo(params.difficulty().limitBits());
                    }));
  }

  @Test
  void networksAreFoundByName() {
    assertThat(ConsensusParams.byName("testnet")).contains(ConsensusParams.testnet());
    assertThat(ConsensusParams.byName("main")).contains(ConsensusParams.mainnet());
    assertThat(ConsensusParams.byName("mainnet")).isEmpty();
    assertThat(ConsensusParams.all().map(params -> params.network().name()))
        .doesNotHaveDuplicates();
  }

  @Test
  void anotherChallengeMakesAnotherSignet() {
    Script challenge = Script.of(Hex.constant("51"));
    ConsensusParams own = ConsensusParams.signet(challenge);
    assertThat(own.blockChallenge()).contains(challenge);
    assertThat(own.genesis()).isEqualTo(ConsensusParams.signet().genesis());
    assertThat(own.network().magic()).isNotEqualTo(ConsensusParams.signet().network().magic());
    assertThat(own.known().trust()).isEqualTo(KnownChain.NOTHING.trust());
    assertThat(own.known().growth()).isEmpty();
    assertThat(ConsensusParams.signet().known().trust().assumeValid()).isPresent();
  }

  @Test
  void deploymentsMove() {
    ConsensusParams params = ConsensusParams.regtest().withActivationHeight(Deployment.BIP65, 111);
    assertThat(params.isActive(Deployment.BIP65, 110)).isFalse();
    assertThat(params.isActive(Deployment.BIP65, 111)).isTrue();
    assertThat(params.isActive(Deployment.BIP66, 1)).isTrue();
    assertThat(Deployment.byOptionName("cltv")).contains(Deployment.BIP65);
    assertThat(Deployment.byOptionName("bip65")).isEmpty();
  }

  @Test
  void votesMove() {
    var schedule = new SignalledDeployment.Schedule(1, 2, 3);
    ConsensusParams params = ConsensusParams.regtest().withSchedule("testdummy", schedule);
    assertThat(params.deployments().signalled())
        .singleElement()
        .extracting(SignalledDeployment::schedule)
        .isEqualTo(schedule);
    assertThatThrownBy(() -> ConsensusParams.regtest().withSchedule("taproot", schedule))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
