/** The rules, one check for each context that it needs. */
package org.farthing.consensus.validation;
