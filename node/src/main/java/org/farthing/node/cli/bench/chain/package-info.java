/** Chains made from a seed, as files and as a peer that serves them, to measure nodes with. */
package org.farthing.node.cli.bench.chain;
