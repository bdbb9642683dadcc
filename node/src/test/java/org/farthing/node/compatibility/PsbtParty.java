package org.farthing.node.compatibility;

import java.util.List;
import java.util.Optional;
import org.farthing.consensus.primitives.Transaction;

/**
 * Somebody who takes part in a payment, in the roles of BIP-0174. What goes from one to the other
 * is text of version 0, which all understand.
 */
interface PsbtParty {
  /** The transaction, of which nothing more is known. */
  String create(PsbtCase payment) throws Exception;

  /** With the outputs that are spent, what signatures are to cover, and the secrets of hashes. */
  String addSpent(PsbtCase payment, String psbt) throws Exception;

  /** With scripts, and where keys come from. */
  String addScripts(PsbtCase payment, String psbt) throws Exception;

  /** With the signatures of one's own keys. */
  String sign(PsbtCase payment, String psbt) throws Exception;

  String combine(List<String> copies) throws Exception;

  /** Signed; empty where something is missing. */
  Optional<Transaction> finish(PsbtCase payment, String psbt) throws Exception;
}
