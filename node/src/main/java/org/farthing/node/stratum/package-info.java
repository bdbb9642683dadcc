/**
 * The server's side of Stratum, the protocol by which miners outside get work: machines without
 * sockets, on the node thread.
 */
package org.farthing.node.stratum;
