/**
 * What travels: transactions, headers, blocks and their identifiers. A primitive holds every value
 * that the wire can carry; rules are checked elsewhere.
 */
package org.farthing.consensus.primitives;
