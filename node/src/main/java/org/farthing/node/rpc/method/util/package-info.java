/** Methods that need neither chain nor wallet. */
package org.farthing.node.rpc.method.util;
