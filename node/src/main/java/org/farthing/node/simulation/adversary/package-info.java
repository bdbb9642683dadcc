/**
 * Peers that follow a script instead of the protocol's spirit, each with one attack. They need a
 * transport and a clock and know nothing of the node that they aim at: it may be simulated or real.
 */
package org.farthing.node.simulation.adversary;
