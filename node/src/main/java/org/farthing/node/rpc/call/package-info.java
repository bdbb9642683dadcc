/** From the bytes of a request to a method, and back to the bytes of an answer. No HTTP here. */
package org.farthing.node.rpc.call;
