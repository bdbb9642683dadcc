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
 * @param commitments how a chain of headers is weighed before it is kept
 */
public record KnownChain(
    Map<BlockHash, ScriptFlags> scriptFlagExceptions,
    Set<BlockHash> repeatedCoinbases,
    Optional<HeightsInCoinbases> heightsInCoinbases,
    Trust trust,
    Optional<Growth> growth,
    HeaderCommitments commitments) {

  /** Nothing is known. */
  public static final KnownChain NOTHING =
      new KnownChain(
          Map.of(),
          Set.of(),
          Optional.empty(),
          Trust.NOTHING,
          Optional.empty(),
          HeaderCommitments.SHORT_CHAIN);

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

  /**
   * A chain of headers whose work is not known yet is fetched twice: the first time one bit of each
   * {@code period}-th header is remembered, the second time headers wait in a buffer until enough
   * of those bits were right above them. A long period saves memory while a chain is weighed, a
   * long buffer makes it unlikely that somebody shows us another chain the second time; which pair
   * needs least memory depends on the length of the chain and its interval. Bitcoin's networks have
   * Bitcoin Core's values, and where the chain is another the method is the same.
   *
   * @param period headers for each of which one bit is remembered
   * @param buffer headers that wait
   */
  public record HeaderCommitments(int period, int buffer) {
    /** For a chain of any length that is not expected to become a long one. */
    public static final HeaderCommitments SHORT_CHAIN = new HeaderCommitments(275, 7017);
  }

  public KnownChain {
    scriptFlagExceptions = Map.copyOf(scriptFlagExceptions);
    repeatedCoinbases = Set.copyOf(repeatedCoinbases);
  }

  static KnownChain of(Trust trust, Growth growth, HeaderCommitments commitments) {
    return new KnownChain(
        Map.of(), Set.of(), Optional.empty(), trust, Optional.of(growth), commitments);
  }

  /** The same with other values for the fetching of headers. */
  KnownChain with(HeaderCommitments other) {
    return new KnownChain(
        scriptFlagExceptions, repeatedCoinbases, heightsInCoinbases, trust, growth, other);
  }
}
