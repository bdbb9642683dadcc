/** The wallet itself, and the ports through which it sees a node. */
package org.farthing.wallet;
