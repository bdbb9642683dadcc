/** Block filters (BIP-0158): small sets that tell whether a block may concern a script. */
package org.farthing.consensus.filter;
