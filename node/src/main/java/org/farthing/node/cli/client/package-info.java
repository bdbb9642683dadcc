/** Speaking to a node: JSON-RPC over HTTP, and the way in. */
package org.farthing.node.cli.client;
