/**
 * A client of a node's JSON-RPC for Java programs. {@link org.farthing.client.NodeClient} has a
 * method for each of the node's, made from what the node declares of it. Needs nothing but Jackson.
 */
package org.farthing.client;
