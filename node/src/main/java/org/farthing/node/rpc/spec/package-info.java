/** What a method declares once: its parameters and its result. Help is made from it. */
package org.farthing.node.rpc.spec;
