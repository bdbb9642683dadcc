package org.farthing.node.rpc.method;

import org.farthing.consensus.bytes.ByteReader;
import org.farthing.consensus.bytes.DecodeException;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.params.Network;
import org.farthing.consensus.primitives.Block;
import org.farthing.consensus.primitives.BlockHeader;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.node.rpc.error.RpcErrorCode;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.spec.Read;
import org.farthing.wallet.address.Address;
import org.farthing.wallet.address.AddressMistake;
import org.farthing.wallet.error.WalletException;
import org.farthing.wallet.keys.PrivateKey;

/** Texts to transactions, blocks, addresses and keys, with Bitcoin Core's errors. */
public final class Decode {
  private Decode() {}

  public static Transaction transaction(String hex, String message) {
    try {
      return Transaction.decode(Hex.decode(hex));
    } catch (DecodeException e) {
      throw Read.deserialization(message);
    }
  }

  public static Block block(String hex) {
    try {
      return Block.decode(Hex.decode(hex));
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
}
