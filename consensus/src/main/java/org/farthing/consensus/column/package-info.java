/** Columns of a database: how typed keys and values stand in it. No database here. */
package org.farthing.consensus.column;
