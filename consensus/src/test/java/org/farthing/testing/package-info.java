/** The fixture that the tests of all modules share. */
package org.farthing.testing;
