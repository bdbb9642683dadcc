/** The wallets that a node has loaded, and what they see of it. */
package org.farthing.node.wallets;
