/** Payments under conditions: vaults, and swaps between two networks. */
package org.farthing.node.cli.contract;
