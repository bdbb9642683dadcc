package org.farthing.consensus.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofOfWorkTest {
  /** Targets of Bitcoin's mainnet and the examples in Bitcoin Core's arith_uint256 tests. */
  @ParameterizedTest
  @CsvSource({
    "1d00ffff, 00000000ffff0000000000000000000000000000000000000000000000000000",
    "1b0404cb, 00000000000404cb000000000000000000000000000000000000000000000000",
    "207fffff, 7fffff0000000000000000000000000000000000000000000000000000000000",
    "1e0fffff, 00000fffff000000000000000000000000000000000000000000000000000000",
    "01120000, 12",
    "02008000, 80",
    "04123456, 12345600",
    "05009234, 92340000",
    "20123456, 1234560000000000000000000000000000000000000000000000000000000000"
  })
  void compactTargets(String bits, String target) {
    int compact = (int) Long.parseLong(bits, 16);
    BigInteger number = new BigInteger(target, 16);
    assertThat(ProofOfWork.target(compact)).contains(number);
    assertThat(ProofOfWork.compact(number)).isEqualTo(compact);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000", "00123456", "01003456", "02000056", "03000000", "04000000", "00923456",
        "01803456", "02800056", "03800000", "04800000", "01fedcba", "04923456", "ff123456",
        "21010000", "22000100", "23000001"
      })
  void noTargets(String bits) {
    assertThat(ProofOfWork.target((int) Long.parseLong(bits, 16))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2100ffff, 256", "220000ff, 256", "20ffffff, 0"})
  void theLargest(String bits, int bitLength) {
    int length =
        ProofOfWork.target((int) Long.parseLong(bits, 16)).map(BigInteger::bitLength).orElse(0);
    assertThat(length).isEqualTo(bitLength);
  }

  /** Bitcoin's first blocks add 0x100010001 of work each, those of regtest 2. */
  @ParameterizedTest
  @CsvSource({"1d00ffff, 100010001", "207fffff, 2", "1e0fffff, 100001", "04923456, 0"})
  void workOfTargets(String bits, String work) {
    assertThat(ProofOfWork.work((int) Long.parseLong(bits, 16)))
        .isEqualTo(new BigInteger(work, 16));
  }

  @Test
  void aTargetEasierThanTheNetworksIsNotMet() {
    BlockHeader genesis = ConsensusParams.regtest().genesis().header();
    assertThat(
            ProofOfWork.isMet(
                genesis.hash(), genesis.bits(), ConsensusParams.regtest().difficulty()))
        .isTrue();
    assertThat(
            ProofOfWork.isMet(genesis.hash(), 0x2100ffff, ConsensusParams.regtest().difficulty()))
        .isFalse();
    BlockHeader testnet = ConsensusParams.testnet().genesis().header();
    assertThat(
            ProofOfWork.isMet(
                testnet.hash(), testnet.bits(), ConsensusParams.testnet().difficulty()))
        .isTrue();
    assertThat(
            ProofOfWork.isMet(genesis.hash(), 0x1d00ffff, ConsensusParams.testnet().difficulty()))
        .isFalse();
  }
}
