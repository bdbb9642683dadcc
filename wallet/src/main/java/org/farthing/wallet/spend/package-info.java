/** Choosing coins, building transactions and signing them. */
package org.farthing.wallet.spend;
