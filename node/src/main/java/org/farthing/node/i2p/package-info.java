/** What is said to a SAM bridge (version 3.1), through which I2P is reached; no sockets. */
package org.farthing.node.i2p;
