/** The optional indexes of a node: each follows the chain on a thread of its own. */
package org.farthing.node.indexes;
