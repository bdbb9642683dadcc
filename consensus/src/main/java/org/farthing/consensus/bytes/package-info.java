/** Bytes on the wire: reading them strictly, writing them, and showing them as hex. */
package org.farthing.consensus.bytes;
