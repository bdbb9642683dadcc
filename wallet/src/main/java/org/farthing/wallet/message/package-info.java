/** Texts that are signed with the keys of addresses. */
package org.farthing.wallet.message;
