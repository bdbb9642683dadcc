/**
 * The language that says who may spend a coin: its parts, its signature hashes, its interpreter.
 */
package org.farthing.consensus.script;
