/** Messages over ZeroMQ about blocks and transactions; the only package that knows JeroMQ. */
package org.farthing.node.zmq;
