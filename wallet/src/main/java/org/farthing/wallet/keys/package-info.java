/** Secrets and what is derived from them: recovery words, extended keys, the encrypted vault. */
package org.farthing.wallet.keys;
