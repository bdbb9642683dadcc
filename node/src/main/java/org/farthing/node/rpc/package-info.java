/**
 * The node's interface for programs: JSON-RPC over HTTP, as Bitcoin Core speaks it.
 *
 * <p>Inside: {@code json} (values), {@code spec} (what a method declares), {@code call} (from bytes
 * to a method and back), {@code port} (what methods need of the node), {@code method} (one class
 * for each method), {@code http} (the server), {@code rest} (what anybody may read), and here the
 * list of all methods.
 */
package org.farthing.node.rpc;
