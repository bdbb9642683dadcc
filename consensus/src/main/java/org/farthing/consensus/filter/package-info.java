/**
 * Small sets that tell whether something may concern a script: block filters (BIP-0158), and the
 * bloom filters that clients send (BIP-0037).
 */
package org.farthing.consensus.filter;
