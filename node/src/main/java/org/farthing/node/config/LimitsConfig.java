package org.farthing.node.config;

/**
 * What the node may use.
 *
 * @param memoryMiB all that it may take, the heap and the rest; 0 where nobody says
 * @param dbCacheMiB memory for coins and the database, as it was asked for
 * @param maxMempoolMb memory for unconfirmed transactions, in millions of bytes
 * @param sigCacheMiB memory for what is remembered of scripts and signatures that were valid
 * @param workerThreads for script checks and the like; 0 for one for each processor
 */
public record LimitsConfig(
    int memoryMiB, int dbCacheMiB, int maxMempoolMb, int sigCacheMiB, int workerThreads) {

  /**
   * For who starts a node: the launcher has given the heap its part, who starts the JVM otherwise
   * has not. Commands about a node read the same options and have a heap of their own.
   *
   * @throws ConfigException if the heap may have more than the memory leaves it
   */
  public void expectHeap() throws ConfigException {
    long heapMib = Runtime.getRuntime().maxMemory() >> 20;
    if (memoryMiB > 0 && heapMib > memoryMiB / 2) {
      throw new ConfigException(
          ("--memory=%d leaves the heap %d MiB at most, and it may have %d: give --memory on the"
                  + " command line of ./farthing or as FARTHING_MEMORY, or -Xmx%dm to the JVM")
              .formatted(memoryMiB, memoryMiB / 2, heapMib, memoryMiB / 2));
    }
  }
}
