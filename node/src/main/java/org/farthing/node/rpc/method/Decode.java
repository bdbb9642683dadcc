package org.farthing.node.rpc.method;

import java.util.Optional;
import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.crypto.Secp256k1;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Script;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.TxOut;
import org.farthing.consensus.script.ScriptPattern;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.AddressMistake;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.PrivateKey;
import org.farthing.wallet.psbt.Psbt;
import org.farthing.wallet.psbt.PsbtCodec;

/** Texts to transactions, blocks, addresses and keys, with Bitcoin Core's errors. */
public final class Decode {
  private Decode() {}

  /** The two forms of a transaction; a text without inputs, or with one, may be read in both. */
  public enum Form {
    /** That which makes sense; of both the extended one. */
    EITHER,
    /** With a witness, if there is one (BIP-0144). */
    EXTENDED,
    /** Never with a witness. */
    BASE
  }

  /** A transaction in either form. */
  public static Transaction transaction(String hex, String message) {
    return transaction(hex, Form.EITHER, message);
  }

  public static Transaction transaction(String hex, Form form, String message) {
    byte[] bytes;
    try {
      bytes = Hex.decode(hex);
    } catch (DecodeException e) {
      throw Read.deserialization(message);
    }
    Optional<Transaction> extended =
        form == Form.BASE ? Optional.empty() : whole(bytes, Transaction::read);
    if (extended.filter(Decode::makesSense).isPresent()) {
      return extended.get();
    }
    Optional<Transaction> base =
        form == Form.EXTENDED ? Optional.empty() : whole(bytes, Transaction::readWithoutWitness);
    return base.filter(Decode::makesSense)
        .or(() -> extended)
        .or(() -> base)
        .orElseThrow(() -> Read.deserialization(message));
  }

  private interface Reading {
    Transaction read(ByteReader in) throws DecodeException;
  }

  private static Optional<Transaction> whole(byte[] bytes, Reading reading) {
    ByteReader in = new ByteReader(bytes);
    try {
      Transaction transaction = reading.read(in);
      in.expectEnd();
      return Optional.of(transaction);
    } catch (DecodeException e) {
      return Optional.empty();
    }
  }

  /** Bytes read in the wrong form hardly ever make scripts that could be executed. */
  private static boolean makesSense(Transaction transaction) {
    return transaction.outputs().stream().map(TxOut::scriptPubKey).allMatch(Decode::couldRun)
        && (transaction.isCoinbase()
            || transaction.inputs().stream().map(TxIn::scriptSig).allMatch(Decode::couldRun));
  }

  private static boolean couldRun(Script script) {
    return script.size() <= ScriptPattern.MAX_SCRIPT_SIZE && ScriptPattern.hasKnownOpcodes(script);
  }

  /** A partially signed transaction in base 64. */
  public static Psbt psbt(String base64) {
    try {
      return PsbtCodec.parse(base64);
    } catch (DecodeException e) {
      throw Read.deserialization("TX decode failed " + e.getMessage());
    }
  }

  /** Whatever follows the block does not matter, as in Bitcoin Core. */
  public static Block block(String hex) {
    try {
      return Block.read(new ByteReader(Hex.decode(hex)));
    } catch (DecodeException e) {
      throw Read.deserialization("Block decode failed");
    }
  }

  /** Whatever follows the header does not matter: it may be the rest of its block. */
  public static BlockHeader header(String hex) {
    try {
      return BlockHeader.read(new ByteReader(Hex.decode(hex)));
    } catch (DecodeException e) {
      throw Read.deserialization("Block header decode failed");
    }
  }

  public static Address address(String text, Network network) {
    try {
      return Address.parse(text, network);
    } catch (WalletException e) {
      throw new RpcException(
          RpcErrorCode.INVALID_ADDRESS_OR_KEY, AddressMistake.of(text, network).message());
    }
  }

  public static PrivateKey privateKey(String text, Network network) {
    try {
      return PrivateKey.parse(text, network);
    } catch (WalletException e) {
      throw new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Invalid private key");
    }
  }

  /** A public key in hex, of 33 or 65 bytes. */
  public static byte[] publicKey(String hex) {
    byte[] key;
    try {
      key = Hex.decode(hex);
    } catch (DecodeException e) {
      throw unusableKey(hex, "must be a hex string");
    }
    if (key.length != Secp256k1.COMPRESSED_SIZE && key.length != Secp256k1.UNCOMPRESSED_SIZE) {
      throw unusableKey(hex, "must have a length of either 33 or 65 bytes");
    }
    if (!Secp256k1.isValidPublicKey(key)) {
      throw unusableKey(hex, "must be cryptographically valid.");
    }
    return key;
  }

  private static RpcException unusableKey(String hex, String why) {
    return new RpcException(RpcErrorCode.INVALID_ADDRESS_OR_KEY, "Pubkey \"" + hex + "\" " + why);
  }
}
