/** Native code that comes in jars. */
package org.farthing.consensus.natives;
