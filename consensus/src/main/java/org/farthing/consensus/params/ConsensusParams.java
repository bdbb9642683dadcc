package org.farthing.consensus.params;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.Script;

/**
 * Everything that the rules of one network depend on.
 *
 * @param blockChallenge what every block must satisfy beside its proof of work (BIP-0325, signet)
 */
public record ConsensusParams(
    Network network,
    Block genesis,
    Difficulty difficulty,
    Subsidy subsidy,
    Deployments deployments,
    KnownChain known,
    Optional<Script> blockChallenge) {

  /** True where {@code deployment} is in force in the block at {@code height}. */
  public boolean isActive(Deployment deployment, int height) {
    return height >= deployments.heights().get(deployment);
  }

  /** Blocks that must follow before a coinbase can be spent. */
  public int coinbaseMaturity() {
    return subsidy.maturity();
  }

  /** The same network with one deployment moved ({@code -testactivationheight}). */
  public ConsensusParams withActivationHeight(Deployment deployment, int height) {
    return with(deployments.withHeight(deployment, height));
  }

  /**
   * The same network with another vote ({@code -vbparams}).
   *
   * @throws IllegalArgumentException if the network knows no such deployment
   */
  public ConsensusParams withSchedule(String name, SignalledDeployment.Schedule schedule) {
    return with(deployments.withSchedule(name, schedule));
  }

  private ConsensusParams with(Deployments changed) {
    return new ConsensusParams(
        network, genesis, difficulty, subsidy, changed, known, blockChallenge);
  }

  /** The same network with BIP-0094's rules ({@code -test=bip94}); only where targets are fixed. */
  public ConsensusParams withBip94() {
    if (!(difficulty instanceof Difficulty.Fixed fixed)) {
      throw new IllegalArgumentException("the rules of " + network + " are its own");
    }
    Difficulty changed =
        new Difficulty.Fixed(
            fixed.limitBits(),
            fixed.spacingSeconds(),
            fixed.period(),
            Set.of(Difficulty.Variation.BIP94));
    return new ConsensusParams(
        network, genesis, changed, subsidy, deployments, known, blockChallenge);
  }

  /** The same network with another maturity of coinbases. */
  public ConsensusParams withCoinbaseMaturity(int blocks) {
    Subsidy changed = new Subsidy(subsidy.initialSat(), subsidy.halvingInterval(), blocks);
    return new ConsensusParams(
        network, genesis, difficulty, changed, deployments, known, blockChallenge);
  }

  /** The network of this name, if Farthing knows it. */
  public static Optional<ConsensusParams> byName(String name) {
    return all().filter(params -> params.network().name().equals(name)).findFirst();
  }

  /** The networks that Farthing knows, the default one first. */
  public static Stream<ConsensusParams> all() {
    return Stream.concat(runnable(), Stream.of(mainnet(), testnet4()));
  }

  /** The networks that a node can be part of, the default one first. */
  public static Stream<ConsensusParams> runnable() {
    return Stream.of(testnet(), regtest(), signet());
  }

  /** Farthing's own network, mined by ordinary CPUs. */
  public static ConsensusParams testnet() {
    return Networks.TESTNET;
  }

  /** Bitcoin's regtest, bit for bit. */
  public static ConsensusParams regtest() {
    return BitcoinNetworks.REGTEST;
  }

  /** Bitcoin's main network. */
  public static ConsensusParams mainnet() {
    return BitcoinNetworks.MAIN;
  }

  /** Bitcoin's fourth test network (BIP-0094). */
  public static ConsensusParams testnet4() {
    return BitcoinNetworks.TESTNET4;
  }

  /** Bitcoin's signet (BIP-0325) with its usual challenge. */
  public static ConsensusParams signet() {
    return BitcoinNetworks.SIGNET;
  }

  /** A signet of one's own: its blocks are those that satisfy {@code challenge}. */
  public static ConsensusParams signet(Script challenge) {
    return BitcoinNetworks.signet(
        challenge, KnownChain.NOTHING.with(BitcoinNetworks.SIGNET_COMMITMENTS));
  }
}
