/**
 * The Electrum protocol (version 1.4) on the address index: what wallets and explorers use that
 * look for the history of scripts. Inside: {@code ElectrumServer} (sockets), {@code Session} (one
 * client), {@code ChainCalls} and {@code ScriptCalls} (what it may ask).
 */
package org.farthing.node.rpc.electrum;
