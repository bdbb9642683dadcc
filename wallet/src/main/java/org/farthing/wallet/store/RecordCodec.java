package org.farthing.wallet.store;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.ByteWriter;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.primitives.BlockHash;
import org.farthing.consensus.primitives.OutPoint;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.Txid;
import org.farthing.wallet.history.TxState;
import org.farthing.wallet.history.WalletTx;
import org.farthing.wallet.keys.KeyVault;

/**
 * The bytes of each record: one byte that tells its kind, then its parts. Those of keychains:
 * {@link KeychainCodec}.
 */
final class RecordCodec {
  private static final int IDENTITY = 1;
  private static final int VAULT = 2;
  private static final int LABEL = 5;

  /** As transactions were stored before they had times of their own and notes of several kinds. */
  private static final int TX_ADDED_BEFORE = 6;

  private static final int TX_CHANGED = 7;
  private static final int POSITION = 8;
  private static final int RECOVERING = 9;
  private static final int KIND = 13;
  private static final int COIN_LOCK = 14;
  private static final int TX_FORGOTTEN = 15;
  private static final int TX_ADDED = 16;
  private static final int OPENED_BY = 17;
  private static final int PRIVATE_KEYS_BIT = 1;
  private static final int BLANK_BIT = 2;
  private static final int AVOID_REUSE_BIT = 4;

  private static final int CONFIRMED = 1;
  private static final int PENDING = 2;
  private static final int CONFLICTED = 3;
  private static final int ABANDONED = 4;

  private RecordCodec() {}

  static void write(WalletRecord entry, ByteWriter out) {
    if (entry instanceof WalletRecord.Identity identity) {
      out.uint8(IDENTITY);
      text(out, identity.network());
      identity.genesis().writeTo(out);
      out.int64(identity.createdSeconds()).int32(identity.gapLimit());
    } else if (entry instanceof WalletRecord.Vault vault) {
      vault.vault().writeTo(out.uint8(VAULT));
    } else if (entry instanceof WalletRecord.Kind kind) {
      out.uint8(KIND).uint8(bits(kind));
    } else if (entry instanceof WalletRecord.OpenedBy by) {
      out.uint8(OPENED_BY).int32(by.client());
    } else if (entry instanceof WalletRecord.OfKeychain ofKeychain) {
      KeychainCodec.write(ofKeychain, out);
    } else {
      writeHistory(entry, out);
    }
  }

  private static void writeHistory(WalletRecord entry, ByteWriter out) {
    if (entry instanceof WalletRecord.Label label) {
      out.uint8(LABEL);
      text(out, label.address());
      text(out, label.label());
    } else if (entry instanceof WalletRecord.CoinLock lock) {
      lock.coin().writeTo(out.uint8(COIN_LOCK));
      out.uint8(lock.locked() ? 1 : 0);
    } else if (entry instanceof WalletRecord.TxAdded added) {
      writeTransaction(added.transaction(), out.uint8(TX_ADDED));
    } else if (entry instanceof WalletRecord.TxChanged changed) {
      changed.txid().writeTo(out.uint8(TX_CHANGED));
      writeState(changed.state(), out);
    } else if (entry instanceof WalletRecord.TxForgotten forgotten) {
      forgotten.txid().writeTo(out.uint8(TX_FORGOTTEN));
    } else if (entry instanceof WalletRecord.Recovering recovering) {
      out.uint8(RECOVERING).int32(recovering.fromHeight());
    } else if (entry instanceof WalletRecord.Position position) {
      out.uint8(POSITION).compactSize(position.locator().size());
      for (ChainPosition at : position.locator()) {
        at.hash().writeTo(out.int32(at.height()));
      }
    }
  }

  static WalletRecord read(ByteReader in) throws DecodeException {
    int kind = in.uint8();
    return switch (kind) {
      case IDENTITY ->
          new WalletRecord.Identity(text(in), BlockHash.read(in), in.int64(), in.int32());
      case VAULT -> new WalletRecord.Vault(KeyVault.read(in));
      case KIND -> readKind(in);
      case OPENED_BY -> new WalletRecord.OpenedBy(in.int32());
      case LABEL -> new WalletRecord.Label(text(in), text(in));
      case COIN_LOCK -> new WalletRecord.CoinLock(OutPoint.read(in), isSet(in));
      case TX_ADDED -> new WalletRecord.TxAdded(readTransaction(in));
      case TX_ADDED_BEFORE -> new WalletRecord.TxAdded(readTransactionOfBefore(in));
      case TX_CHANGED -> new WalletRecord.TxChanged(Txid.read(in), readState(in));
      case TX_FORGOTTEN -> new WalletRecord.TxForgotten(Txid.read(in));
      case POSITION -> new WalletRecord.Position(readLocator(in));
      case RECOVERING -> new WalletRecord.Recovering(in.int32());
      default -> KeychainCodec.read(kind, in);
    };
  }

  private static int bits(WalletRecord.Kind kind) {
    return (kind.privateKeys() ? PRIVATE_KEYS_BIT : 0)
        | (kind.blank() ? BLANK_BIT : 0)
        | (kind.avoidReuse() ? AVOID_REUSE_BIT : 0);
  }

  private static WalletRecord readKind(ByteReader in) throws DecodeException {
    int bits = in.uint8();
    if ((bits & ~(PRIVATE_KEYS_BIT | BLANK_BIT | AVOID_REUSE_BIT)) != 0) {
      throw new DecodeException("unknown kind of wallet: " + bits);
    }
    return new WalletRecord.Kind(
        (bits & PRIVATE_KEYS_BIT) != 0, (bits & BLANK_BIT) != 0, (bits & AVOID_REUSE_BIT) != 0);
  }

  private static void writeTransaction(WalletTx entry, ByteWriter out) {
    entry.transaction().writeTo(out);
    out.int64(entry.times().receivedSeconds()).int64(entry.times().shownSeconds());
    out.int64(entry.order());
    WalletTx.Notes notes = entry.notes();
    text(out, notes.comment());
    text(out, notes.to());
    txid(out, notes.replaces());
    txid(out, notes.replacedBy());
    out.compactSize(entry.variants().size());
    entry.variants().forEach(variant -> variant.writeTo(out));
    writeState(entry.state(), out);
  }

  private static WalletTx readTransaction(ByteReader in) throws DecodeException {
    Transaction transaction = Transaction.read(in);
    WalletTx.Times times = new WalletTx.Times(in.int64(), in.int64());
    long order = in.int64();
    WalletTx.Notes notes = new WalletTx.Notes(text(in), text(in), txid(in), txid(in));
    List<Transaction> variants = in.list(in.count(Transaction.MIN_SIZE), Transaction::read);
    return new WalletTx(transaction, readState(in), times, order, notes, variants);
  }

  private static void txid(ByteWriter out, Optional<Txid> txid) {
    out.uint8(txid.isPresent() ? 1 : 0);
    txid.ifPresent(present -> present.writeTo(out));
  }

  private static Optional<Txid> txid(ByteReader in) throws DecodeException {
    return isSet(in) ? Optional.of(Txid.read(in)) : Optional.empty();
  }

  private static boolean isSet(ByteReader in) throws DecodeException {
    int flag = in.uint8();
    if (flag > 1) {
      throw new DecodeException("neither yes nor no: " + flag);
    }
    return flag == 1;
  }

  private static WalletTx readTransactionOfBefore(ByteReader in) throws DecodeException {
    Transaction transaction = Transaction.read(in);
    WalletTx.Times times = WalletTx.Times.at(in.int64());
    long order = in.int64();
    WalletTx.Notes notes = WalletTx.Notes.of(text(in));
    return new WalletTx(transaction, readState(in), times, order, notes);
  }

  private static void writeState(TxState state, ByteWriter out) {
    if (state instanceof TxState.Confirmed confirmed) {
      confirmed.block().writeTo(out.uint8(CONFIRMED));
      out.int32(confirmed.height()).int32(confirmed.position());
      out.int64(confirmed.blockTimeSeconds());
    } else if (state instanceof TxState.Conflicted conflicted) {
      conflicted.block().writeTo(out.uint8(CONFLICTED));
      out.int32(conflicted.height());
    } else {
      out.uint8(state instanceof TxState.Pending ? PENDING : ABANDONED);
    }
  }

  private static TxState readState(ByteReader in) throws DecodeException {
    int kind = in.uint8();
    return switch (kind) {
      case CONFIRMED ->
          new TxState.Confirmed(BlockHash.read(in), in.int32(), in.int32(), in.int64());
      case CONFLICTED -> new TxState.Conflicted(BlockHash.read(in), in.int32());
      case PENDING -> TxState.Pending.INSTANCE;
      case ABANDONED -> TxState.Abandoned.INSTANCE;
      default -> throw new DecodeException("unknown state of a transaction: " + kind);
    };
  }

  private static List<ChainPosition> readLocator(ByteReader in) throws DecodeException {
    return in.list(
        in.count(4 + BlockHash.SIZE),
        each -> new ChainPosition(each.int32(), BlockHash.read(each)));
  }

  static void text(ByteWriter out, String text) {
    out.varBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(ByteReader in) throws DecodeException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.varBytes())).toString();
    } catch (CharacterCodingException e) {
      throw new DecodeException("a text is not UTF-8");
    }
  }
}
