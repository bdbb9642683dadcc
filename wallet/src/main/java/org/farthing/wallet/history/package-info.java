/** A wallet's transactions and balances: a fold over blocks and mempool events. */
package org.farthing.wallet.history;
