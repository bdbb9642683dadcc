package org.farthing.wallet.error;

/** The kinds of errors that a program may want to tell apart. */
public enum WalletError {
  /** No address, or a mistyped one. */
  INVALID_ADDRESS,
  /** An address, but of another network. */
  OTHER_NETWORK,
  /** Zero, negative, dust, too large or too precise. */
  INVALID_AMOUNT,
  /** A request that makes no sense for a reason other than its amounts and addresses. */
  INVALID_REQUEST,
  /** Wrong, misspelt, missing or additional recovery words. */
  INVALID_WORDS,
  /** A key that cannot be read. */
  INVALID_KEY,
  /** A descriptor that cannot be read. */
  INVALID_DESCRIPTOR,
  /** A descriptor that this wallet cannot take in. */
  DESCRIPTOR_REFUSED,
  /** A range of indexes that leaves out some that are watched for. */
  RANGE_REFUSED,
  /** Not enough coins that can be spent now. */
  INSUFFICIENT_FUNDS,
  /** The fee is above the limit. */
  FEE_TOO_HIGH,
  /** A payment without a fee rate, where none is to be guessed. */
  NO_FEE_RATE,
  /** The fee rate is below what the operator allows. */
  FEE_RATE_TOO_LOW,
  /** A transaction that no other may take the place of. */
  NOT_REPLACEABLE,
  /** A transaction that nodes would not relay, because it weighs too much. */
  TOO_LARGE,
  /** The wallet is encrypted and locked. */
  LOCKED,
  /** The passphrase is wrong. */
  WRONG_PASSPHRASE,
  /** An unencrypted wallet was asked to do what only an encrypted one can, or the reverse. */
  WRONG_ENCRYPTION_STATE,
  /** The wallet has no keys that addresses could be made of. */
  NO_KEYS,
  /** The wallet is not to have private keys. */
  NO_PRIVATE_KEYS,
  /** No further addresses can be made without the secrets, which are locked. */
  OUT_OF_KEYS,
  /** The wallet has no such transaction, coin or address. */
  NOT_FOUND,
  /** A block spends the coin already. */
  COIN_SPENT,
  /** There is no wallet of this name. */
  WALLET_NOT_FOUND,
  /** There is already a wallet of this name. */
  WALLET_EXISTS,
  /** A backup cannot be written or read. */
  BACKUP_FAILED,
  /** There is no backup at that place. */
  BACKUP_NOT_FOUND,
  /** The wallet is open already, here or in another process. */
  WALLET_IN_USE,
  /** The file is none of Farthing's wallets. */
  UNKNOWN_FORMAT,
  /** The wallet's file is damaged, or of a later version. */
  UNREADABLE_WALLET,
  /** The wallet is of another network. */
  OTHER_CHAIN,
  /** The node would refuse the transaction. */
  REJECTED,
  /** Somebody makes the wallet read blocks again, and waits for that. */
  RESCANNING,
  /** The wallet has not caught up with the chain. */
  SYNCHRONISING,
  /** The node has deleted blocks that the wallet would have to read. */
  BLOCKS_PRUNED
}
