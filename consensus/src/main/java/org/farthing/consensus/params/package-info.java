/** What distinguishes one network from another: immutable values, no code path of their own. */
package org.farthing.consensus.params;
