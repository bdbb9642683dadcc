/** What the methods need of the node. */
package org.farthing.node.rpc.port;
