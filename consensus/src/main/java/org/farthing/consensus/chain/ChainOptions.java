package org.farthing.consensus.chain;

import java.math.BigInteger;
import java.util.Optional;
import org.farthing.consensus.primitives.BlockHash;

/**
 * What the operator of a node decides about its chain; no rule depends on it.
 *
 * @param minimumChainWork a chain with less work is taken for an attempt to mislead: the node does
 *     not count as synchronized with it, and takes no unasked blocks of it
 * @param assumeValid a block whose history others have verified, so that the scripts before it need
 *     not run again; empty to run them all
 * @param scriptCacheBytes of heap at most for {@link VerifiedScripts}
 */
public record ChainOptions(
    BigInteger minimumChainWork, Optional<BlockHash> assumeValid, long scriptCacheBytes) {
  private static final long USUAL_SCRIPT_CACHE_BYTES = 16 << 20;

  /** Any chain will do, and all scripts run. */
  public static final ChainOptions DEFAULT =
      new ChainOptions(BigInteger.ZERO, Optional.empty(), USUAL_SCRIPT_CACHE_BYTES);

  public ChainOptions {
    if (minimumChainWork.signum() < 0) {
      throw new IllegalArgumentException("negative work: " + minimumChainWork);
    }
  }

  public ChainOptions withMinimumChainWork(BigInteger work) {
    return new ChainOptions(work, assumeValid, scriptCacheBytes);
  }

  public ChainOptions withAssumeValid(BlockHash hash) {
    return new ChainOptions(minimumChainWork, Optional.of(hash), scriptCacheBytes);
  }
}
