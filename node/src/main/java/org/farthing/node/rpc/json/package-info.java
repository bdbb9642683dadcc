/** How transactions, scripts, blocks and amounts look in JSON: each in one place. */
package org.farthing.node.rpc.json;
