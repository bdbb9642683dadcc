/** The methods: one class for each, by chapter of the help. */
package org.farthing.node.rpc.method;
