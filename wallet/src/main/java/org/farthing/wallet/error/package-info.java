/** What can go wrong for the owner of a wallet: a code for programs, a sentence for people. */
package org.farthing.wallet.error;
