/** Who we talk to: connections with their handshake, known addresses, and whom to call next. */
package org.farthing.node.peer;
