/** Scripts that can be composed, analysed and satisfied (BIP-0379). */
package org.farthing.wallet.miniscript;
