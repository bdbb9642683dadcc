/** Text that carries its own checksum: Base58Check, Bech32 and Bech32m. */
package org.farthing.wallet.encoding;
