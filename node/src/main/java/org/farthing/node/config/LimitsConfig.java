package org.farthing.node.config;

/**
 * What the node may use.
 *
 * @param dbCacheMiB memory for coins and the database
 * @param maxMempoolMb memory for unconfirmed transactions, in millions of bytes
 * @param workerThreads for script checks and the like; 0 for one for each processor
 */
public record LimitsConfig(int dbCacheMiB, int maxMempoolMb, int workerThreads) {}
