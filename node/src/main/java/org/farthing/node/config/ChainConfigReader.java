package org.farthing.node.config;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;

/** The options of the chain. */
final class ChainConfigReader {
  /** What 288 blocks and their undo data may take, and some more. */
  private static final long MIN_PRUNE_MIB = 550;

  private static final int BY_RPC = 1;
  private static final int HASH_DIGITS = 64;
  private static final int MAX_CHECK_LEVEL = 4;

  private final OptionReader in;

  private ChainConfigReader(OptionReader in) {
    this.in = in;
  }

  static ChainConfig read(OptionReader in) throws ConfigException {
    return new ChainConfigReader(in).config();
  }

  private ChainConfig config() throws ConfigException {
    return new ChainConfig(
        minimumChainWork(),
        assumeValid(),
        in.optionalNumber(Option.MAX_TIP_AGE, 1, Integer.MAX_VALUE),
        pruning(),
        rebuild(),
        new ChainConfig.StartCheck(
            in.optionalInteger(Option.CHECK_BLOCKS, Integer.MIN_VALUE, Integer.MAX_VALUE),
            in.optionalInteger(Option.CHECK_LEVEL, 0, MAX_CHECK_LEVEL)),
        indexes(),
        stopAtHeight());
  }

  private IndexConfig indexes() throws ConfigException {
    return new IndexConfig(
        in.flag(Option.TX_INDEX, false),
        in.flag(Option.TXO_SPENDER_INDEX, false),
        blockFilters(in),
        in.flag(Option.COIN_STATS_INDEX, false),
        in.flag(Option.ADDRESS_INDEX, false));
  }

  /** There is but one kind of filter. */
  static boolean blockFilters(OptionReader in) throws ConfigException {
    String kind = in.text(Option.BLOCK_FILTER_INDEX).orElse("0");
    return switch (kind) {
      case "0" -> false;
      case "", "1", "basic" -> true;
      default -> throw new ConfigException("Unknown -blockfilterindex value " + kind + ".");
    };
  }

  private OptionalInt stopAtHeight() throws ConfigException {
    OptionalInt height = in.optionalInteger(Option.STOP_AT_HEIGHT, 0, Integer.MAX_VALUE);
    return height.isPresent() && height.getAsInt() == 0 ? OptionalInt.empty() : height;
  }

  private Optional<BigInteger> minimumChainWork() throws ConfigException {
    Optional<String> text = in.text(Option.MINIMUM_CHAIN_WORK);
    if (text.isPresent() && !text.get().matches("(0[xX])?[0-9a-fA-F]{0,64}")) {
      throw new ConfigException(
          "Invalid minimum work specified (%s), must be up to %d hex digits"
              .formatted(text.get(), HASH_DIGITS));
    }
    return in.hex(Option.MINIMUM_CHAIN_WORK);
  }

  private Optional<BlockHash> assumeValid() throws ConfigException {
    Optional<String> text = in.text(Option.ASSUME_VALID);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String digits = text.get().replaceFirst("^0[xX]", "");
    String padded = "0".repeat(Math.max(0, HASH_DIGITS - digits.length())) + digits;
    try {
      return Optional.of(BlockHash.parse(padded));
    } catch (DecodeException e) {
      throw new ConfigException(
          "Invalid assumevalid block hash specified (%s), must be up to %d hex digits (or 0 to disable)"
              .formatted(text.get(), HASH_DIGITS));
    }
  }

  private ChainConfig.Pruning pruning() throws ConfigException {
    boolean inSmallSteps = in.flag(Option.FAST_PRUNE, false);
    OptionalLong wanted = in.optionalNumber(Option.PRUNE, Long.MIN_VALUE, Long.MAX_VALUE);
    long target = wanted.orElse(0);
    if (target < 0) {
      throw new ConfigException("Prune cannot be configured with a negative value.");
    }
    if (target > BY_RPC && target < MIN_PRUNE_MIB) {
      throw new ConfigException(
          "Prune configured below the minimum of "
              + MIN_PRUNE_MIB
              + " MiB.  Please use a higher number.");
    }
    if (target == 0) {
      return new ChainConfig.Pruning(ChainConfig.Pruning.Mode.OFF, 0, inSmallSteps);
    }
    expectNothingThatNeedsAllBlocks();
    return target == BY_RPC
        ? new ChainConfig.Pruning(ChainConfig.Pruning.Mode.BY_RPC, 0, inSmallSteps)
        : new ChainConfig.Pruning(ChainConfig.Pruning.Mode.AUTOMATIC, target, inSmallSteps);
  }

  private void expectNothingThatNeedsAllBlocks() throws ConfigException {
    if (in.flag(Option.TX_INDEX, false)) {
      throw new ConfigException("Prune mode is incompatible with -txindex.");
    }
    if (in.flag(Option.TXO_SPENDER_INDEX, false)) {
      throw new ConfigException("Prune mode is incompatible with -txospenderindex.");
    }
    if (in.flag(Option.REINDEX_CHAINSTATE, false)) {
      throw new ConfigException(
          "Prune mode is incompatible with -reindex-chainstate. Use full -reindex instead.");
    }
  }

  private ChainConfig.Rebuild rebuild() throws ConfigException {
    if (in.flag(Option.REINDEX, false)) {
      return ChainConfig.Rebuild.LEDGER;
    }
    return in.flag(Option.REINDEX_CHAINSTATE, false)
        ? ChainConfig.Rebuild.COINS
        : ChainConfig.Rebuild.NOTHING;
  }
}
