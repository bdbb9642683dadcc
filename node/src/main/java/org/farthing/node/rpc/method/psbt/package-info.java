/** Methods about partially signed transactions. */
package org.farthing.node.rpc.method.psbt;
