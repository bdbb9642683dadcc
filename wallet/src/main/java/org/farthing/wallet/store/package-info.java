/** A wallet on disk: one journal of checksummed records. */
package org.farthing.wallet.store;
