package org.farthing.node.app;

import java.util.List;
import org.farthing.node.peer.BanList;
import org.farthing.node.rpc.port.BansPort;
import org.farthing.node.wire.NetAddress;
import org.farthing.node.wire.NetRange;

/** The bans, as RPC methods see and change them. On the node thread. */
record BansAdapter(NodeCore core) implements BansPort {
  private BanList bans() {
    return core.bans();
  }

  @Override
  public List<Ban> all() {
    return bans().all().stream()
        .map(ban -> new Ban(ban.range(), ban.createdSeconds(), ban.untilSeconds()))
        .toList();
  }

  @Override
  public boolean isBanned(NetRange range) {
    return bans().isBanned(range);
  }

  @Override
  public boolean isBanned(NetAddress address) {
    return bans().isBanned(address);
  }

  @Override
  public void banFor(NetRange range, long seconds) {
    bans().banFor(range, seconds);
    disconnect(range);
  }

  @Override
  public void banUntil(NetRange range, long untilSeconds) {
    bans().banUntil(range, untilSeconds);
    disconnect(range);
  }

  private void disconnect(NetRange range) {
    core.peers().disconnect(range, "disconnect by subnet match");
  }

  @Override
  public boolean unban(NetRange range) {
    return bans().unban(range);
  }

  @Override
  public void clear() {
    bans().clear();
  }
}
