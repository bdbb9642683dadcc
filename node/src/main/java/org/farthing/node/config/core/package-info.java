/** Bitcoin Core's way to write options, which comes to the same configuration as our own. */
package org.farthing.node.config.core;
