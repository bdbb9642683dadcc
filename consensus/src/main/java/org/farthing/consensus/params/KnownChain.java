package org.farthing.consensus.params;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.script.ScriptFlags;

/**
 * What is known of the chain that a network has, beyond its rules.
 *
 * @param scriptFlagExceptions blocks that break a rule of scripts which everywhere else holds from
 *     the beginning, with what holds in them
 * @param repeatedCoinbases blocks that overwrite an unspent coinbase in spite of BIP-0030
 * @param heightsInCoinbases where BIP-0034 makes BIP-0030 superfluous
 * @param trust what may be taken for granted
 * @param growth how its transactions became more, if that was looked at
 */
public record KnownChain(
    Map<BlockHash, ScriptFlags> scriptFlagExceptions,
    Set<BlockHash> repeatedCoinbases,
    Optional<HeightsInCoinbases> heightsInCoinbases,
    Trust trust,
    Optional<Growth> growth) {

  /** Nothing is known. */
  public static final KnownChain NOTHING =
      new KnownChain(Map.of(), Set.of(), Optional.empty(), Trust.NOTHING, Optional.empty());

  /**
   * Coinbases that begin with their height (BIP-0034) cannot be the same; but coinbases from before
   * that rule may by chance begin with the height of a later block.
   *
   * @param firstBlock the first one under the rule, on the chain of which this is known
   * @param sufficesBefore the least later height that an earlier coinbase names
   */
  public record HeightsInCoinbases(BlockHash firstBlock, int sufficesBefore) {}

  /**
   * What may be taken for granted, by default.
   *
   * @param minimumChainWork a chain with less expected hashes is not the network's
   * @param assumeValid the scripts up to this block are valid
   */
  public record Trust(BigInteger minimumChainWork, Optional<BlockHash> assumeValid) {
    public static final Trust NOTHING = new Trust(BigInteger.ZERO, Optional.empty());
  }

  /**
   * How many transactions the network's chain had, and how fast they became more: from this the
   * length of a chain is guessed of which only a part is here.
   *
   * @param atSeconds when that was, in seconds since 1970
   */
  public record Growth(long atSeconds, long transactions, double perSecond) {}

  public KnownChain {
    scriptFlagExceptions = Map.copyOf(scriptFlagExceptions);
    repeatedCoinbases = Set.copyOf(repeatedCoinbases);
  }

  static KnownChain of(Trust trust, Growth growth) {
    return new KnownChain(Map.of(), Set.of(), Optional.empty(), trust, Optional.of(growth));
  }
}
