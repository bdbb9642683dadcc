/** Which fees get transactions into blocks: what was seen of others, and what waits now. */
package org.farthing.node.fee;
