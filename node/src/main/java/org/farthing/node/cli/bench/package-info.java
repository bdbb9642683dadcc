/** What a node needs of a machine, in figures. */
package org.farthing.node.cli.bench;
