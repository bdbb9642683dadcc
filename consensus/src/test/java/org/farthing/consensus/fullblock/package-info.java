/** Whole blocks at the boundary of every rule, and one beyond it, delivered in every order. */
package org.farthing.consensus.fullblock;
