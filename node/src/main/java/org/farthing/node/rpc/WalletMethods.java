package org.farthing.node.rpc;

import java.util.List;
import org.farthing.node.rpc.call.RpcMethod;
import org.farthing.node.rpc.method.wallet.AbandonTransaction;
import org.farthing.node.rpc.method.wallet.AbortRescan;
import org.farthing.node.rpc.method.wallet.AddHdKey;
import org.farthing.node.rpc.method.wallet.BackupWallet;
import org.farthing.node.rpc.method.wallet.BumpFee;
import org.farthing.node.rpc.method.wallet.CreateWallet;
import org.farthing.node.rpc.method.wallet.CreateWalletDescriptor;
import org.farthing.node.rpc.method.wallet.DeriveHdKey;
import org.farthing.node.rpc.method.wallet.EncryptWallet;
import org.farthing.node.rpc.method.wallet.ExportWatchOnlyWallet;
import org.farthing.node.rpc.method.wallet.FundRawTransaction;
import org.farthing.node.rpc.method.wallet.GetAddressInfo;
import org.farthing.node.rpc.method.wallet.GetAddressesByLabel;
import org.farthing.node.rpc.method.wallet.GetBalance;
import org.farthing.node.rpc.method.wallet.GetBalances;
import org.farthing.node.rpc.method.wallet.GetHdKeys;
import org.farthing.node.rpc.method.wallet.GetNewAddress;
import org.farthing.node.rpc.method.wallet.GetRawChangeAddress;
import org.farthing.node.rpc.method.wallet.GetReceivedByAddress;
import org.farthing.node.rpc.method.wallet.GetReceivedByLabel;
import org.farthing.node.rpc.method.wallet.GetTransaction;
import org.farthing.node.rpc.method.wallet.GetWalletInfo;
import org.farthing.node.rpc.method.wallet.ImportDescriptors;
import org.farthing.node.rpc.method.wallet.ImportPrunedFunds;
import org.farthing.node.rpc.method.wallet.KeypoolRefill;
import org.farthing.node.rpc.method.wallet.ListAddressGroupings;
import org.farthing.node.rpc.method.wallet.ListDescriptors;
import org.farthing.node.rpc.method.wallet.ListLabels;
import org.farthing.node.rpc.method.wallet.ListLockUnspent;
import org.farthing.node.rpc.method.wallet.ListReceivedByAddress;
import org.farthing.node.rpc.method.wallet.ListReceivedByLabel;
import org.farthing.node.rpc.method.wallet.ListSinceBlock;
import org.farthing.node.rpc.method.wallet.ListTransactions;
import org.farthing.node.rpc.method.wallet.ListUnspent;
import org.farthing.node.rpc.method.wallet.ListWalletDir;
import org.farthing.node.rpc.method.wallet.ListWallets;
import org.farthing.node.rpc.method.wallet.LoadWallet;
import org.farthing.node.rpc.method.wallet.LockUnspent;
import org.farthing.node.rpc.method.wallet.PsbtBumpFee;
import org.farthing.node.rpc.method.wallet.RemovePrunedFunds;
import org.farthing.node.rpc.method.wallet.RescanBlockchain;
import org.farthing.node.rpc.method.wallet.RestoreWallet;
import org.farthing.node.rpc.method.wallet.RestoreWalletFromWords;
import org.farthing.node.rpc.method.wallet.Send;
import org.farthing.node.rpc.method.wallet.SendAll;
import org.farthing.node.rpc.method.wallet.SendMany;
import org.farthing.node.rpc.method.wallet.SendToAddress;
import org.farthing.node.rpc.method.wallet.SetLabel;
import org.farthing.node.rpc.method.wallet.SetWalletFlag;
import org.farthing.node.rpc.method.wallet.SignMessage;
import org.farthing.node.rpc.method.wallet.SignRawTransactionWithWallet;
import org.farthing.node.rpc.method.wallet.SimulateRawTransaction;
import org.farthing.node.rpc.method.wallet.UnloadWallet;
import org.farthing.node.rpc.method.wallet.WalletAccess;
import org.farthing.node.rpc.method.wallet.WalletCreateFundedPsbt;
import org.farthing.node.rpc.method.wallet.WalletLock;
import org.farthing.node.rpc.method.wallet.WalletPassphrase;
import org.farthing.node.rpc.method.wallet.WalletPassphraseChange;
import org.farthing.node.rpc.method.wallet.WalletProcessPsbt;
import org.farthing.node.wallets.WalletRegistry;

/** The list of the methods about wallets. */
final class WalletMethods {
  private WalletMethods() {}

  static List<RpcMethod> list(RpcPorts ports, WalletRegistry registry) {
    WalletAccess wallets = new WalletAccess(registry, ports.calls());
    return List.of(
        new CreateWallet(wallets),
        new ImportDescriptors(wallets, ports.chain(), ports.pruning()),
        new ListDescriptors(wallets),
        new GetHdKeys(wallets),
        new AddHdKey(wallets),
        new DeriveHdKey(wallets),
        new CreateWalletDescriptor(wallets),
        new ExportWatchOnlyWallet(wallets),
        new RescanBlockchain(wallets),
        new AbortRescan(wallets),
        new SignRawTransactionWithWallet(wallets, ports.chain(), ports.mempool()),
        new RestoreWalletFromWords(wallets),
        new LoadWallet(wallets),
        new UnloadWallet(wallets),
        new ListWallets(wallets),
        new ListWalletDir(wallets),
        new GetNewAddress(wallets),
        new GetRawChangeAddress(wallets),
        new GetBalance(wallets),
        new GetBalances(wallets),
        new ListUnspent(wallets, ports.mempool()),
        new BumpFee(wallets, ports.mempool(), ports.node(), ports.fees()),
        new PsbtBumpFee(wallets, ports.mempool(), ports.node(), ports.fees()),
        new ImportPrunedFunds(wallets, ports.chain()),
        new RemovePrunedFunds(wallets, ports.node()),
        new SetLabel(wallets),
        new GetAddressesByLabel(wallets),
        new ListLabels(wallets),
        new LockUnspent(wallets),
        new ListLockUnspent(wallets),
        new GetReceivedByAddress(wallets),
        new GetReceivedByLabel(wallets),
        new ListReceivedByAddress(wallets),
        new ListReceivedByLabel(wallets),
        new ListAddressGroupings(wallets),
        new SimulateRawTransaction(wallets, ports.chain(), ports.mempool()),
        new AbandonTransaction(wallets),
        new EncryptWallet(wallets),
        new WalletPassphraseChange(wallets),
        new SetWalletFlag(wallets),
        new KeypoolRefill(wallets),
        new SendMany(wallets, ports.mempool(), ports.node(), ports.fees()),
        new SignMessage(wallets),
        new ListSinceBlock(wallets, ports.chain(), ports.node()),
        new BackupWallet(wallets),
        new RestoreWallet(wallets),
        new FundRawTransaction(wallets, ports.mempool(), ports.node(), ports.fees()),
        new Send(wallets, ports.mempool(), ports.node(), ports.fees()),
        new SendAll(wallets, ports.mempool(), ports.node(), ports.fees()),
        new WalletProcessPsbt(wallets),
        new WalletCreateFundedPsbt(wallets, ports.mempool(), ports.node(), ports.fees()),
        new SendToAddress(wallets, ports.mempool(), ports.node(), ports.fees()),
        new GetTransaction(wallets, ports.node()),
        new ListTransactions(wallets, ports.node()),
        new WalletPassphrase(wallets),
        new WalletLock(wallets),
        new GetWalletInfo(wallets, ports.node()),
        new GetAddressInfo(wallets));
  }
}
