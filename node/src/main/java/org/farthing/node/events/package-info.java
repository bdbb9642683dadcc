/**
 * What happened to chain and mempool, written down: a reader who has read up to some event gets all
 * that follow, each once, whatever ended the node meanwhile. Why it is as it is says
 * docs/adr/0004-event-log.md.
 */
package org.farthing.node.events;
