/** The ledger on RocksDB, on disk or in memory. Nothing outside sees RocksDB. */
package org.farthing.consensus.store;
