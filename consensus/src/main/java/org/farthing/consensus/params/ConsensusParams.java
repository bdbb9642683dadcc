package org.farthing.consensus.params;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.farthing.consensus.primitives.Block;

/**
 * Everything that the rules of one network depend on.
 *
 * @param coinbaseMaturity blocks that must follow before a coinbase can be spent
 * @param activationHeights the first height at which each deployment is in force
 */
public record ConsensusParams(
    Network network,
    Block genesis,
    Difficulty difficulty,
    Subsidy subsidy,
    int coinbaseMaturity,
    Map<Deployment, Integer> activationHeights) {

  public ConsensusParams {
    for (Deployment deployment : Deployment.values()) {
      if (!activationHeights.containsKey(deployment)) {
        throw new IllegalArgumentException("no activation height for " + deployment);
      }
    }
    activationHeights = Map.copyOf(activationHeights);
  }

  public boolean isActive(Deployment deployment, int height) {
    return height >= activationHeights.get(deployment);
  }

  /** The same network with one deployment moved (regtest's {@code -testactivationheight}). */
  public ConsensusParams withActivationHeight(Deployment deployment, int height) {
    Map<Deployment, Integer> moved = new EnumMap<>(activationHeights);
    moved.put(deployment, height);
    return new ConsensusParams(network, genesis, difficulty, subsidy, coinbaseMaturity, moved);
  }

  /** The network of this name, if Farthing knows it. */
  public static Optional<ConsensusParams> byName(String name) {
    return all().filter(params -> params.network().name().equals(name)).findFirst();
  }

  /** The networks that Farthing knows, the default one first. */
  public static Stream<ConsensusParams> all() {
    return Stream.of(Networks.TESTNET, Networks.REGTEST);
  }

  /** Farthing's own network, mined by ordinary CPUs. */
  public static ConsensusParams testnet() {
    return Networks.TESTNET;
  }

  /** Bitcoin's regtest, bit for bit. */
  public static ConsensusParams regtest() {
    return Networks.REGTEST;
  }
}
