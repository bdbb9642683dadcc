/**
 * HTTP around the calls: connections, credentials, bounds. The only part of RPC that knows Netty.
 */
package org.farthing.node.rpc.http;
