package org.farthing.node.rpc.port;

/** What the methods need of the talk with other nodes. */
public record NetworkPorts(
    PeersPort peers,
    BansPort bans,
    AddressesPort addresses,
    OrphansPort orphans,
    PrivacyPort privacy) {}
