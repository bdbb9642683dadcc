/** Methods about peers. */
package org.farthing.node.rpc.method.network;
