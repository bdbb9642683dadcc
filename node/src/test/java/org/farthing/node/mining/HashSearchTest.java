package org.farthing.node.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.primitives.BlockHeader;
import org.junit.jupiter.api.Test;

class HashSearchTest {
  private static BlockHeader genesisFrom(ConsensusParams params, int nonce) {
    return params.genesis().header().withNonce(nonce);
  }

  @Test
  void findsTheNonceOfBitcoinsRegtestGenesis() {
    HashSearch search = new HashSearch(genesisFrom(ConsensusParams.regtest(), 2));

    assertThat(search.search(1)).contains(ConsensusParams.regtest().genesis().header());
    assertThat(search.nextNonce()).isEqualTo(3);
  }

  @Test
  void findsTheNonceOfTheTestnetGenesis() {
    BlockHeader genesis = ConsensusParams.testnet().genesis().header();
    HashSearch search = new HashSearch(genesis.withNonce(genesis.nonce() - 10_000));

    assertThat(search.search(10_000)).isEmpty();
    assertThat(search.search(1)).contains(genesis);
  }

  @Test
  void endsAfterTheLastNonce() {
    BlockHeader hard = ConsensusParams.testnet().genesis().header().withNonce(-5);
    HashSearch search = new HashSearch(hard);

    assertThat(search.search(3)).isEmpty();
    assertThat(search.isExhausted()).isFalse();
    assertThat(search.search(1_000)).isEqualTo(Optional.empty());
    assertThat(search.isExhausted()).isTrue();
    assertThat(search.nextNonce()).isEqualTo(1L << 32);
  }
}
