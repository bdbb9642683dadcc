/** How far the RPC interface goes together with Bitcoin Core's, told by a program. */
package org.farthing.node.compatibility;
