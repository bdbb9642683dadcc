/**
 * Writes the sources of the typed Java client, from what the methods declare. Runs when the client
 * is built, and never in a node.
 */
package org.farthing.node.rpc.codegen;
