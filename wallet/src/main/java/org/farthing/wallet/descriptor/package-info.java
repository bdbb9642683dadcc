/** Which scripts belong to a wallet, and how their keys are found. */
package org.farthing.wallet.descriptor;
