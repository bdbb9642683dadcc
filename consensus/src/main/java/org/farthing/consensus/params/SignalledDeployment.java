package org.farthing.consensus.params;

/**
 * A change of the rules that miners decide on by a bit of their blocks' versions (BIP-0009).
 *
 * @param name Bitcoin Core's, in RPC and in {@code -vbparams}
 * @param bit of the version, 0 to 28
 * @param poll how signals are counted
 */
public record SignalledDeployment(String name, int bit, Schedule schedule, Poll poll) {

  /**
   * When miners are asked. Times are compared with the median time past of the last block of a
   * period.
   *
   * @param startSeconds since 1970, from when on signals count, or one of the two special values
   * @param timeoutSeconds since 1970, from when on it is too late
   * @param minActivationHeight where it is locked in earlier, it waits for this height (BIP-0341)
   */
  public record Schedule(long startSeconds, long timeoutSeconds, int minActivationHeight) {
    /** A start that stands for: the rules hold from the genesis. */
    public static final long ALWAYS_ACTIVE = -1;

    /** A start that stands for: the rules never hold. */
    public static final long NEVER_ACTIVE = -2;

    /** A timeout that never comes. */
    public static final long NO_TIMEOUT = Long.MAX_VALUE;

    public static final Schedule NEVER = new Schedule(NEVER_ACTIVE, NO_TIMEOUT, 0);
  }

  /**
   * How signals are counted.
   *
   * @param period blocks; states change at heights that are multiples of it
   * @param threshold how many blocks of a period must signal
   */
  public record Poll(int period, int threshold) {
    /** Three quarters: what BIP-0009 suggests for test networks. */
    static Poll ofTestNetwork(int period) {
      return new Poll(period, period * 3 / 4);
    }
  }

  SignalledDeployment with(Schedule other) {
    return new SignalledDeployment(name, bit, other, poll);
  }

  /** True unless it is switched off for good on this network. */
  public boolean isEnabled() {
    return schedule.startSeconds() != Schedule.NEVER_ACTIVE;
  }

  /** A start need not make the code that a record otherwise gets when it is first hashed. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The version with nothing but this bit. */
  public int mask() {
    return 1 << bit;
  }
}
