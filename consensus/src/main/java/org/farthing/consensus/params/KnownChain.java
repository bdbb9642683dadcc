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
 * @param bip34Block the first block under BIP-0034; on a chain with it no coinbase up to {@link
 *     #BIP34_SUFFICES_BEFORE} can repeat an earlier one
 * @param trust what may be taken for granted
 */
public record KnownChain(
    Map<BlockHash, ScriptFlags> scriptFlagExceptions,
    Set<BlockHash> repeatedCoinbases,
    Optional<BlockHash> bip34Block,
    Trust trust) {

  /**
   * The first height that a coinbase from before BIP-0034 names by accident without having been
   * overtaken: from here on BIP-0030 must be checked again.
   */
  public static final int BIP34_SUFFICES_BEFORE = 1_983_702;

  /** Nothing is known. */
  public static final KnownChain NOTHING =
      new KnownChain(Map.of(), Set.of(), Optional.empty(), Trust.NOTHING);

  /**
   * What may be taken for granted, by default.
   *
   * @param minimumChainWork a chain with less expected hashes is not the network's
   * @param assumeValid the scripts up to this block are valid
   */
  public record Trust(BigInteger minimumChainWork, Optional<BlockHash> assumeValid) {
    public static final Trust NOTHING = new Trust(BigInteger.ZERO, Optional.empty());
  }

  public KnownChain {
    scriptFlagExceptions = Map.copyOf(scriptFlagExceptions);
    repeatedCoinbases = Set.copyOf(repeatedCoinbases);
  }

  static KnownChain trusting(Trust trust) {
    return new KnownChain(Map.of(), Set.of(), Optional.empty(), trust);
  }
}
