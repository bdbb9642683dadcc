/** Nodes in processes of their own, which end with ours. */
package org.farthing.node.cli.process;
