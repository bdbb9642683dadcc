/** Where coins are sent to, as people write it. */
package org.farthing.wallet.address;
