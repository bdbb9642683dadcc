/** The command line: what people type, and what they read. It speaks to nodes over JSON-RPC. */
package org.farthing.node.cli;
