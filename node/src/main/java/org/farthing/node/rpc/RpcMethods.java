package org.farthing.node.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.farthing.node.rpc.call.MethodTable;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.method.address.GetAddressBalance;
import org.farthing.node.rpc.method.address.GetAddressDeltas;
import org.farthing.node.rpc.method.address.GetAddressHistory;
import org.farthing.node.rpc.method.address.GetAddressMempool;
import org.farthing.node.rpc.method.address.GetAddressTxids;
import org.farthing.node.rpc.method.address.GetAddressUtxos;
import org.farthing.node.rpc.method.blockchain.DumpTxOutSet;
import org.farthing.node.rpc.method.blockchain.GetBestBlockHash;
import org.farthing.node.rpc.method.blockchain.GetBlock;
import org.farthing.node.rpc.method.blockchain.GetBlockCount;
import org.farthing.node.rpc.method.blockchain.GetBlockFilter;
import org.farthing.node.rpc.method.blockchain.GetBlockFromPeer;
import org.farthing.node.rpc.method.blockchain.GetBlockHash;
import org.farthing.node.rpc.method.blockchain.GetBlockHeader;
import org.farthing.node.rpc.method.blockchain.GetBlockStats;
import org.farthing.node.rpc.method.blockchain.GetBlockchainInfo;
import org.farthing.node.rpc.method.blockchain.GetChainStates;
import org.farthing.node.rpc.method.blockchain.GetChainTips;
import org.farthing.node.rpc.method.blockchain.GetChainTxStats;
import org.farthing.node.rpc.method.blockchain.GetDeploymentInfo;
import org.farthing.node.rpc.method.blockchain.GetDescriptorActivity;
import org.farthing.node.rpc.method.blockchain.GetDifficulty;
import org.farthing.node.rpc.method.blockchain.GetTxOut;
import org.farthing.node.rpc.method.blockchain.GetTxOutProof;
import org.farthing.node.rpc.method.blockchain.GetTxOutSetInfo;
import org.farthing.node.rpc.method.blockchain.InvalidateBlock;
import org.farthing.node.rpc.method.blockchain.PreciousBlock;
import org.farthing.node.rpc.method.blockchain.PruneBlockchain;
import org.farthing.node.rpc.method.blockchain.ReconsiderBlock;
import org.farthing.node.rpc.method.blockchain.ScanBlocks;
import org.farthing.node.rpc.method.blockchain.ScanTxOutSet;
import org.farthing.node.rpc.method.blockchain.VerifyChain;
import org.farthing.node.rpc.method.blockchain.VerifyTxOutProof;
import org.farthing.node.rpc.method.blockchain.WaitForBlock;
import org.farthing.node.rpc.method.blockchain.WaitForBlockHeight;
import org.farthing.node.rpc.method.blockchain.WaitForNewBlock;
import org.farthing.node.rpc.method.control.Echo;
import org.farthing.node.rpc.method.control.EchoIpc;
import org.farthing.node.rpc.method.control.GetIndexInfo;
import org.farthing.node.rpc.method.control.GetMemoryInfo;
import org.farthing.node.rpc.method.control.GetOpenRpcInfo;
import org.farthing.node.rpc.method.control.GetRpcInfo;
import org.farthing.node.rpc.method.control.GetZmqNotifications;
import org.farthing.node.rpc.method.control.Help;
import org.farthing.node.rpc.method.control.Logging;
import org.farthing.node.rpc.method.control.MockScheduler;
import org.farthing.node.rpc.method.control.SetMockTime;
import org.farthing.node.rpc.method.control.Stop;
import org.farthing.node.rpc.method.control.SyncWithValidationInterfaceQueue;
import org.farthing.node.rpc.method.control.Uptime;
import org.farthing.node.rpc.method.mining.Generate;
import org.farthing.node.rpc.method.mining.GenerateBlock;
import org.farthing.node.rpc.method.mining.GenerateToAddress;
import org.farthing.node.rpc.method.mining.GenerateToDescriptor;
import org.farthing.node.rpc.method.mining.GetBlockTemplate;
import org.farthing.node.rpc.method.mining.GetMiningInfo;
import org.farthing.node.rpc.method.mining.GetNetworkHashPs;
import org.farthing.node.rpc.method.mining.GetPrioritisedTransactions;
import org.farthing.node.rpc.method.mining.GetStratumInfo;
import org.farthing.node.rpc.method.mining.OrderBlocks;
import org.farthing.node.rpc.method.mining.PrioritiseTransaction;
import org.farthing.node.rpc.method.mining.SetMining;
import org.farthing.node.rpc.method.mining.SetMiningPolicy;
import org.farthing.node.rpc.method.mining.SubmitBlock;
import org.farthing.node.rpc.method.mining.SubmitHeader;
import org.farthing.node.rpc.method.network.AddConnection;
import org.farthing.node.rpc.method.network.AddNode;
import org.farthing.node.rpc.method.network.AddPeerAddress;
import org.farthing.node.rpc.method.network.ClearBanned;
import org.farthing.node.rpc.method.network.DisconnectNode;
import org.farthing.node.rpc.method.network.GetAddedNodeInfo;
import org.farthing.node.rpc.method.network.GetAddrmanInfo;
import org.farthing.node.rpc.method.network.GetConnectionCount;
import org.farthing.node.rpc.method.network.GetNetTotals;
import org.farthing.node.rpc.method.network.GetNetworkInfo;
import org.farthing.node.rpc.method.network.GetNodeAddresses;
import org.farthing.node.rpc.method.network.GetPeerInfo;
import org.farthing.node.rpc.method.network.GetRawAddrman;
import org.farthing.node.rpc.method.network.ListBanned;
import org.farthing.node.rpc.method.network.PingPeers;
import org.farthing.node.rpc.method.network.SendMsgToPeer;
import org.farthing.node.rpc.method.network.SetBan;
import org.farthing.node.rpc.method.network.SetNetworkActive;
import org.farthing.node.rpc.method.pool.GetMempoolAncestors;
import org.farthing.node.rpc.method.pool.GetMempoolCluster;
import org.farthing.node.rpc.method.pool.GetMempoolDescendants;
import org.farthing.node.rpc.method.pool.GetMempoolEntry;
import org.farthing.node.rpc.method.pool.GetMempoolFeerateDiagram;
import org.farthing.node.rpc.method.pool.GetMempoolInfo;
import org.farthing.node.rpc.method.pool.GetOrphanTxs;
import org.farthing.node.rpc.method.pool.GetRawMempool;
import org.farthing.node.rpc.method.pool.GetTxSpendingPrevout;
import org.farthing.node.rpc.method.pool.ImportMempool;
import org.farthing.node.rpc.method.pool.SaveMempool;
import org.farthing.node.rpc.method.psbt.AnalyzePsbt;
import org.farthing.node.rpc.method.psbt.CombinePsbt;
import org.farthing.node.rpc.method.psbt.ConvertToPsbt;
import org.farthing.node.rpc.method.psbt.CreatePsbt;
import org.farthing.node.rpc.method.psbt.DecodePsbt;
import org.farthing.node.rpc.method.psbt.DescriptorProcessPsbt;
import org.farthing.node.rpc.method.psbt.FinalizePsbt;
import org.farthing.node.rpc.method.psbt.JoinPsbts;
import org.farthing.node.rpc.method.psbt.UtxoUpdatePsbt;
import org.farthing.node.rpc.method.rawtx.AbortPrivateBroadcast;
import org.farthing.node.rpc.method.rawtx.CombineRawTransaction;
import org.farthing.node.rpc.method.rawtx.CreateRawTransaction;
import org.farthing.node.rpc.method.rawtx.DecodeRawTransaction;
import org.farthing.node.rpc.method.rawtx.DecodeScript;
import org.farthing.node.rpc.method.rawtx.GetPrivateBroadcastInfo;
import org.farthing.node.rpc.method.rawtx.GetRawTransaction;
import org.farthing.node.rpc.method.rawtx.SendRawTransaction;
import org.farthing.node.rpc.method.rawtx.SignRawTransactionWithKey;
import org.farthing.node.rpc.method.rawtx.SubmitPackage;
import org.farthing.node.rpc.method.rawtx.TestMempoolAccept;
import org.farthing.node.rpc.method.util.CreateMultisig;
import org.farthing.node.rpc.method.util.DeriveAddresses;
import org.farthing.node.rpc.method.util.EstimateRawFee;
import org.farthing.node.rpc.method.util.EstimateSmartFee;
import org.farthing.node.rpc.method.util.GetDescriptorInfo;
import org.farthing.node.rpc.method.util.SignMessageWithPrivKey;
import org.farthing.node.rpc.method.util.ValidateAddress;
import org.farthing.node.rpc.method.util.VerifyMessage;
import org.farthing.node.rpc.method.wallet.PublishTransaction;
import org.farthing.node.wallets.WalletRegistry;
import org.farthing.wallet.TxPublisher;

/** The list of all methods. */
public final class RpcMethods {
  private RpcMethods() {}

  /** All methods of a node without wallets. */
  public static MethodTable table(RpcPorts ports) {
    return table(ports, Optional.empty());
  }

  /** All methods of a node with wallets. */
  public static MethodTable table(RpcPorts ports, WalletRegistry wallets) {
    return table(ports, Optional.of(wallets));
  }

  private static MethodTable table(RpcPorts ports, Optional<WalletRegistry> wallets) {
    AtomicReference<MethodTable> self = new AtomicReference<>();
    List<RpcMethod> all = new ArrayList<>(ofNode(ports, self::get));
    wallets.ifPresent(registry -> all.addAll(WalletMethods.list(ports, registry)));
    self.set(new MethodTable(all));
    return self.get();
  }

  /**
   * What light wallets answer: all about wallets, and what needs no coins of others.
   *
   * @param ports may be without branches, network and miners
   */
  public static MethodTable light(RpcPorts ports, WalletRegistry wallets, TxPublisher publisher) {
    AtomicReference<MethodTable> self = new AtomicReference<>();
    List<RpcMethod> all = new ArrayList<>(WalletMethods.list(ports, wallets));
    all.addAll(
        List.of(
            new GetBlockCount(ports.chain()),
            new GetBestBlockHash(ports.chain()),
            new GetBlockHash(ports.chain()),
            new GetBlockchainInfo(ports.chain(), ports.pruning(), ports.node()),
            new ValidateAddress(ports.chain()),
            new GetDescriptorInfo(ports.chain()),
            new DeriveAddresses(ports.chain()),
            new VerifyMessage(ports.chain()),
            new DecodeRawTransaction(ports.chain()),
            new PublishTransaction(publisher, ports.calls()),
            new DecodePsbt(ports.chain()),
            new CombinePsbt(),
            new FinalizePsbt(),
            new AnalyzePsbt(),
            new Help(self::get)));
    self.set(new MethodTable(all));
    return self.get();
  }

  /** All methods that there are, for whoever wants to know what they declare. */
  public static List<RpcMethod> all(RpcPorts ports) {
    List<RpcMethod> all = new ArrayList<>(ofNode(ports, () -> null));
    all.addAll(WalletMethods.list(ports, null));
    return all;
  }

  private static List<RpcMethod> ofNode(RpcPorts ports, Supplier<MethodTable> table) {
    List<RpcMethod> all = new ArrayList<>();
    all.addAll(chain(ports));
    all.addAll(indexed(ports));
    all.addAll(transactions(ports));
    all.addAll(psbts(ports));
    all.addAll(network(ports));
    all.addAll(mining(ports));
    all.addAll(control(ports, table));
    return all;
  }

  private static List<RpcMethod> chain(RpcPorts ports) {
    return List.of(
        new GetBlockCount(ports.chain()),
        new GetBestBlockHash(ports.chain()),
        new GetBlockHash(ports.chain()),
        new GetDifficulty(ports.chain()),
        new PruneBlockchain(ports.chain(), ports.pruning(), ports.calls()),
        new GetBlockchainInfo(ports.chain(), ports.pruning(), ports.node()),
        new GetDeploymentInfo(ports.chain()),
        new GetBlockHeader(ports.chain()),
        new GetBlock(ports.chain()),
        new GetBlockStats(ports.chain()),
        new GetChainTxStats(ports.chain()),
        new GetChainStates(ports.chain()),
        new WaitForNewBlock(ports.chain()),
        new WaitForBlock(ports.chain()),
        new WaitForBlockHeight(ports.chain()),
        new GetBlockFromPeer(ports.chain(), ports.peers(), ports.pruning(), ports.calls()),
        new GetChainTips(ports.chain(), ports.branches(), ports.calls()),
        new InvalidateBlock(ports.chain(), ports.branches(), ports.calls()),
        new ReconsiderBlock(ports.chain(), ports.branches(), ports.calls()),
        new PreciousBlock(ports.chain(), ports.branches(), ports.calls()),
        new VerifyChain(ports.branches(), ports.calls()),
        new GetTxOut(ports.chain(), ports.mempool()),
        new DumpTxOutSet(ports.node(), ports.chain()),
        new ScanTxOutSet(ports.chain(), ports.calls()),
        new GetTxOutSetInfo(ports.chain(), ports.indexes()),
        new GetRawMempool(ports.mempool(), ports.node()),
        new GetMempoolEntry(ports.mempool(), ports.node()),
        new GetMempoolAncestors(ports.mempool(), ports.node()),
        new GetMempoolDescendants(ports.mempool(), ports.node()),
        new GetMempoolCluster(ports.mempool()),
        new GetMempoolFeerateDiagram(ports.mempool()),
        new GetOrphanTxs(ports.network().orphans(), ports.calls()),
        new SaveMempool(ports.mempool().file()),
        new ImportMempool(ports.mempool().file(), ports.chain(), ports.calls()),
        new GetMempoolInfo(ports.mempool(), ports.node()));
  }

  private static List<RpcMethod> indexed(RpcPorts ports) {
    return List.of(
        new GetBlockFilter(ports.chain(), ports.indexes()),
        new ScanBlocks(ports.chain(), ports.indexes(), ports.calls()),
        new GetDescriptorActivity(ports.chain(), ports.mempool()),
        new GetAddressBalance(ports.chain(), ports.indexes()),
        new GetAddressUtxos(ports.chain(), ports.indexes()),
        new GetAddressDeltas(ports.chain(), ports.indexes()),
        new GetAddressTxids(ports.chain(), ports.indexes()),
        new GetAddressMempool(ports.chain(), ports.mempool()),
        new GetAddressHistory(ports.chain(), ports.mempool(), ports.indexes()),
        new GetTxSpendingPrevout(ports.chain(), ports.mempool(), ports.indexes()),
        new GetTxOutProof(ports.chain(), ports.indexes()),
        new VerifyTxOutProof(ports.chain()));
  }

  private static List<RpcMethod> transactions(RpcPorts ports) {
    return List.of(
        new DecodeRawTransaction(ports.chain()),
        new DecodeScript(ports.chain()),
        new CreateRawTransaction(ports.chain()),
        new CombineRawTransaction(ports.chain(), ports.mempool()),
        new SignRawTransactionWithKey(ports.chain(), ports.mempool()),
        new SubmitPackage(ports.mempool(), ports.calls()),
        new TestMempoolAccept(ports.mempool(), ports.calls()),
        new GetRawTransaction(ports.chain(), ports.mempool(), ports.indexes()),
        new SendRawTransaction(
            ports.chain(), ports.mempool(), ports.network().privacy(), ports.calls()),
        new GetPrivateBroadcastInfo(ports.network().privacy(), ports.calls()),
        new AbortPrivateBroadcast(ports.network().privacy(), ports.calls()),
        new EstimateSmartFee(ports.fees(), ports.mempool(), ports.node(), ports.calls()),
        new EstimateRawFee(ports.fees(), ports.calls()),
        new ValidateAddress(ports.chain()),
        new GetDescriptorInfo(ports.chain()),
        new DeriveAddresses(ports.chain()),
        new CreateMultisig(ports.chain()),
        new SignMessageWithPrivKey(ports.chain()),
        new VerifyMessage(ports.chain()));
  }

  private static List<RpcMethod> psbts(RpcPorts ports) {
    return List.of(
        new CreatePsbt(ports.chain()),
        new ConvertToPsbt(),
        new DecodePsbt(ports.chain()),
        new CombinePsbt(),
        new JoinPsbts(),
        new FinalizePsbt(),
        new AnalyzePsbt(),
        new UtxoUpdatePsbt(ports.chain(), ports.mempool(), ports.indexes()),
        new DescriptorProcessPsbt(ports.chain(), ports.mempool(), ports.indexes()));
  }

  private static List<RpcMethod> network(RpcPorts ports) {
    return List.of(
        new GetConnectionCount(ports.peers(), ports.calls()),
        new GetPeerInfo(ports.peers(), ports.calls()),
        new PingPeers(ports.peers(), ports.calls()),
        new GetNetworkInfo(ports.network(), ports.mempool(), ports.node(), ports.calls()),
        new AddNode(ports.peers(), ports.calls()),
        new DisconnectNode(ports.peers(), ports.calls()),
        new GetAddedNodeInfo(ports.peers(), ports.calls()),
        new SetNetworkActive(ports.peers(), ports.calls()),
        new GetNetTotals(ports.peers(), ports.node(), ports.calls()),
        new AddConnection(ports.peers(), ports.chain(), ports.calls()),
        new SendMsgToPeer(ports.peers(), ports.calls()),
        new SetBan(ports.network().bans(), ports.node(), ports.calls()),
        new ListBanned(ports.network().bans(), ports.node(), ports.calls()),
        new ClearBanned(ports.network().bans(), ports.calls()),
        new GetNodeAddresses(ports.network().addresses(), ports.calls()),
        new AddPeerAddress(ports.network().addresses(), ports.calls()),
        new GetAddrmanInfo(ports.network().addresses(), ports.calls()),
        new GetRawAddrman(ports.network().addresses(), ports.calls()));
  }

  private static List<RpcMethod> mining(RpcPorts ports) {
    return List.of(
        new Generate(),
        new GenerateToAddress(ports.chain(), ports.mining(), ports.calls()),
        new GenerateToDescriptor(ports.chain(), ports.mining(), ports.calls()),
        new GenerateBlock(ports.chain(), ports.mempool(), ports.mining(), ports.calls()),
        new GetBlockTemplate(ports.chain(), ports.mempool(), ports.mining(), ports.calls()),
        new GetNetworkHashPs(ports.chain()),
        new PrioritiseTransaction(ports.mempool(), ports.calls()),
        new GetPrioritisedTransactions(ports.mempool()),
        new GetMiningInfo(
            ports.chain(), ports.mempool(), ports.mining(), ports.node(), ports.calls()),
        new SetMining(ports.mining(), ports.calls()),
        new SetMiningPolicy(ports.mining(), ports.calls()),
        new OrderBlocks(ports.mining(), ports.calls()),
        new GetStratumInfo(ports.miners().stratum(), ports.calls()),
        new SubmitBlock(ports.chain(), ports.calls()),
        new SubmitHeader(ports.chain(), ports.branches(), ports.calls()));
  }

  private static List<RpcMethod> control(RpcPorts ports, Supplier<MethodTable> table) {
    return List.of(
        new Stop(ports.node()),
        new Uptime(ports.node()),
        new SetMockTime(ports.chain(), ports.node(), ports.calls()),
        new MockScheduler(ports.chain(), ports.node(), ports.calls()),
        new SyncWithValidationInterfaceQueue(ports.indexes(), ports.calls()),
        new Echo("echo"),
        new Echo("echojson"),
        new EchoIpc(),
        new GetIndexInfo(ports.indexes()),
        new GetMemoryInfo(),
        new Help(table),
        new Logging(ports.node().log()),
        GetOpenRpcInfo.own(table),
        GetOpenRpcInfo.discover(table),
        new GetZmqNotifications(ports.node()),
        new GetRpcInfo(ports.node(), table));
  }
}
