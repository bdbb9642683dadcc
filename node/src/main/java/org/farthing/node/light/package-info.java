/**
 * Wallets without a node: headers, the headers of block filters, filters and blocks come from
 * several peers, and are compared (BIP-0157, BIP-0158).
 */
package org.farthing.node.light;
