package org.farthing.node.transport;

import org.farthing.node.wire.NetAddress;

/**
 * Between whom a connection stands.
 *
 * @param inbound whether the other side has called
 */
record Ends(NetAddress remote, NetAddress local, boolean inbound) {}
