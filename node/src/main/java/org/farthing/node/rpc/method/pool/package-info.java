/** Methods about the transactions that wait. */
package org.farthing.node.rpc.method.pool;
