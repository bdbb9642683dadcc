/** Methods about the chain. */
package org.farthing.node.rpc.method.blockchain;
