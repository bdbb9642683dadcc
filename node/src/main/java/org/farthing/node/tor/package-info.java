/** Tells Tor what to do, by its control protocol. No input or output here. */
package org.farthing.node.tor;
