/**
 * What is talked about: headers, blocks, transactions and addresses. Machines without I/O: an event
 * and the time go in, actions come out.
 */
package org.farthing.node.sync;
