/** A whole node, put together: the only place that wires. */
package org.farthing.node.app;
