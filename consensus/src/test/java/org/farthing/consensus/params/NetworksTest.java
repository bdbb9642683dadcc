package org.farthing.consensus.params;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworksTest {
  @Test
  void regtestBeginsWithBitcoinsGenesis() {
    assertThat(ConsensusParams.regtest().genesis().hash())
        .hasToString("0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206");
    assertThat(ConsensusParams.regtest().genesis().header().merkleRoot())
        .hasToString("4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b");
  }

  @Test
  void testnetGenesisHasItsProofOfWork() {
    var hash = ConsensusParams.testnet().genesis().hash();
    // The target 1e0fffff as a number is 0x0fffff * 2^216: its top 64 bits are 0x0fffff000000.
    assertThat(Long.compareUnsigned(hash.word(3), 0x0fffff000000L)).isNegative();
  }

  @Test
  void networksAreFoundByName() {
    assertThat(ConsensusParams.byName("testnet")).contains(ConsensusParams.testnet());
    assertThat(ConsensusParams.byName("mainnet")).isEmpty();
  }
}
