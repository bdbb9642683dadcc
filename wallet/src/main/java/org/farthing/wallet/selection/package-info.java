/** Which coins a payment is made of: the algorithms, and the measure by which one is chosen. */
package org.farthing.wallet.selection;
