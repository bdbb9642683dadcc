/**
 * Bitcoin Core's REST interface: what anybody may read over HTTP, without credentials. A class for
 * each resource; what RPC can say too is said by its methods.
 */
package org.farthing.node.rpc.rest;
