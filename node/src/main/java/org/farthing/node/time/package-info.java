/** Time as an argument: what reads the clock or waits gets it passed in. */
package org.farthing.node.time;
