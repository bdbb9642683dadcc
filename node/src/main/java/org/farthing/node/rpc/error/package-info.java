/** The answers to calls that fail. */
package org.farthing.node.rpc.error;
