/** The tree of headers, the coins, and the state that the branch with most work leads to. */
package org.farthing.consensus.chain;
