package org.farthing.node.config;

/**
 * What the node may use.
 *
 * @param dbCacheMiB memory for coins and the database, as it was asked for
 * @param maxMempoolMb memory for unconfirmed transactions, in millions of bytes
 * @param sigCacheMiB memory for what is remembered of scripts and signatures that were valid
 * @param workerThreads for script checks and the like; 0 for one for each processor
 */
public record LimitsConfig(int dbCacheMiB, int maxMempoolMb, int sigCacheMiB, int workerThreads) {}
