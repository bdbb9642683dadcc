/** Methods about the node itself. */
package org.farthing.node.rpc.method.control;
