/** Methods about the wallets of the node. */
package org.farthing.node.rpc.method.wallet;
