package org.farthing.node.fee;

/** How far back is looked: each has seen the same transactions, and forgets at its own pace. */
public enum Horizon {
  /** Half of it is forgotten after 18 blocks. */
  SHORT("short", 12, 1, 0.962, 0.5),
  /** After 144 blocks. */
  MEDIUM("medium", 24, 2, 0.9952, 0.1),
  /** After 1008 blocks. */
  LONG("long", 42, 24, 0.99931, 0.1);

  private final String label;
  private final int periods;
  private final int scale;
  private final double decay;
  private final double sufficient;

  Horizon(String label, int periods, int scale, double decay, double sufficient) {
    this.label = label;
    this.periods = periods;
    this.scale = scale;
    this.decay = decay;
    this.sufficient = sufficient;
  }

  /** Bitcoin Core's word for it. */
  public String label() {
    return label;
  }

  /** How many waiting times are told apart. */
  int periods() {
    return periods;
  }

  /** How many blocks a period has: shorter times are not told apart. */
  public int scale() {
    return scale;
  }

  /** What is left of an observation after each block. */
  public double decay() {
    return decay;
  }

  /** How many transactions are enough to judge by, after what decay has left. */
  double sufficient() {
    return sufficient / (1 - decay);
  }

  /** The longest waiting time that is told apart, in blocks. */
  public int highestTarget() {
    return periods * scale;
  }
}
