/** What operators watch: figures for Prometheus, and whether the node is alive and ready. */
package org.farthing.node.metrics;
