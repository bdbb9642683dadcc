/**
 * Methods that read the address index. Bitcoin Core has no such thing: names, shapes and units
 * (satoshis) are those of Bitcore's patch for it, which explorers know; only {@code
 * getaddresshistory} is our own.
 */
package org.farthing.node.rpc.method.address;
