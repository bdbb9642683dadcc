/** Blocks from waiting transactions, and the search for their proof of work. */
package org.farthing.node.mining;
