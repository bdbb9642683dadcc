/** Partially signed transactions, versions 0 and 2 (BIP174, BIP370, BIP371, BIP373). */
package org.farthing.wallet.psbt;
