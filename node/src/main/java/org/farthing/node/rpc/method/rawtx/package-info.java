/** Methods about single transactions and scripts. */
package org.farthing.node.rpc.method.rawtx;
