package org.farthing.node.config;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.farthing.consensus.primitives.Txid;

/** When the node's miner makes blocks. Each policy has a text, which {@link #parse} reads. */
public sealed interface MinerPolicy {
  /** Those that there are, for messages and help. */
  String FORMS =
      "steady, interval:SECONDS, poisson:SECONDS[:SEED], on-demand, each-transaction or"
          + " until:TXID[:CONFIRMATIONS]";

  /** Goes on and on, as fast as proof of work can be found. */
  record Steady() implements MinerPolicy {
    @Override
    public String text() {
      return "steady";
    }
  }

  /** Begins to search for a block this long after it began to search for the last one. */
  record Interval(long millis) implements MinerPolicy {
    @Override
    public String text() {
      return "interval:" + seconds(millis);
    }
  }

  /**
   * The same, with waits as a whole network has them: exponentially distributed.
   *
   * @param meanMillis of the waits
   * @param seed that always gives the same waits; without it, nobody knows them before
   */
  record Poisson(long meanMillis, OptionalLong seed) implements MinerPolicy {
    @Override
    public String text() {
      String base = "poisson:" + seconds(meanMillis);
      return seed.isPresent() ? base + ":" + seed.getAsLong() : base;
    }
  }

  /** Only when somebody orders blocks. */
  record OnDemand() implements MinerPolicy {
    @Override
    public String text() {
      return "on-demand";
    }
  }

  /** A block for each transaction that waits, in the order of their coming, and none without. */
  record EachTransaction() implements MinerPolicy {
    @Override
    public String text() {
      return "each-transaction";
    }
  }

  /** As long as one transaction waits, or stands in the chain with fewer confirmations. */
  record UntilConfirmed(Txid txid, int confirmations) implements MinerPolicy {
    @Override
    public String text() {
      return "until:" + txid + (confirmations == 1 ? "" : ":" + confirmations);
    }
  }

  /** What a miner does of whom nothing else is said. */
  static MinerPolicy usual() {
    return new Steady();
  }

  /** As {@link #parse} reads it. */
  String text();

  /** Whether it makes blocks that nobody waits for. */
  default boolean worksUnasked() {
    return this instanceof Steady || this instanceof Interval || this instanceof Poisson;
  }

  /**
   * @throws ConfigException if it is none of {@link #FORMS}, with the reason for people
   */
  static MinerPolicy parse(String text) throws ConfigException {
    return new MinerPolicyText(text).parse();
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
  }
}
