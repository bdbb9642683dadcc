/**
 * The event stream's questions and answers, whatever carries them: which events, and their JSON.
 */
package org.farthing.node.rpc.event;
