/** How a command ends. */
package org.farthing.node.cli.outcome;
