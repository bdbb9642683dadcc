/**
 * Whole networks in one thread: the production machines, a clock that jumps from event to event,
 * and connections that are nothing but events. One seed gives one outcome.
 */
package org.farthing.node.simulation;
