/** What came out of a simulation, for people. */
package org.farthing.node.cli.simulate;
