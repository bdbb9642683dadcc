/** A whole network of nodes on one machine, each in a process of its own. */
package org.farthing.node.cli.testnet;
