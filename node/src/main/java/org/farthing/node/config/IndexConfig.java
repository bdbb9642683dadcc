package org.farthing.node.config;

/**
 * Which indexes the node keeps.
 *
 * @param transactions where a confirmed transaction stands ({@code -txindex})
 * @param spenders who spent an output ({@code -txospenderindex})
 * @param blockFilters the basic filters of BIP158 ({@code -blockfilterindex})
 * @param coinStatistics figures of all coins after each block ({@code -coinstatsindex})
 * @param addresses history and coins of each script ({@code -addressindex})
 */
public record IndexConfig(
    boolean transactions,
    boolean spenders,
    boolean blockFilters,
    boolean coinStatistics,
    boolean addresses) {
  public static final IndexConfig NONE = new IndexConfig(false, false, false, false, false);
}
