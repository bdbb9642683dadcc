/** Methods that make blocks. */
package org.farthing.node.rpc.method.mining;
