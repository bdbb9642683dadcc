/** What the choice of coins costs, beside other wallets that make the same payments. */
package org.farthing.node.coins;
