/**
 * What nodes say to each other, in Bitcoin's encoding: one record for each kind of message, and
 * their bytes. Nothing here touches a socket.
 */
package org.farthing.node.wire;
