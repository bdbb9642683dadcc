/** The transactions that wait for a block: which are taken in, kept, evicted and chosen. */
package org.farthing.node.mempool;
