package org.farthing.consensus.store;

/** How a coin in memory stands to the database. */
enum CoinState {
  /** The database says the same. */
  KNOWN,
  /** It has to be written; the database has it in another form, or had it. */
  MADE,
  /** It has to be written; the database never had it. */
  FRESH,
  /** It is spent, which has to be written. */
  GONE;

  private static final CoinState[] ALL = values();

  static CoinState of(int ordinal) {
    return ALL[ordinal];
  }
}
