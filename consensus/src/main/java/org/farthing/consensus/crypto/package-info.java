/** Hashes, signatures and ciphers. Primitives come from libraries; nothing outside sees which. */
package org.farthing.consensus.crypto;
