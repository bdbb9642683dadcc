/**
 * Connections that carry messages: a port, and Netty behind it. Only this package and RPC know
 * Netty.
 */
package org.farthing.node.transport;
