package org.farthing.node.rpc.method.psbt;

import org.farthing.node.rpc.method.Shapes;
import org.farthing.node.rpc.spec.Result;

/** What {@code decodepsbt} answers. */
final class PsbtShapes {
  private static final Result ORIGINS =
      Result.array(
              "bip32_derivs",
              "where keys come from",
              Result.object("", "", key("pubkey"), fingerprint(), path()))
          .maybe();

  private static final Result TAPROOT_ORIGINS =
      Result.array(
              "taproot_bip32_derivs",
              "where x-only keys come from",
              Result.object(
                  "",
                  "",
                  key("pubkey"),
                  fingerprint(),
                  path(),
                  Result.array(
                      "leaf_hashes", "the leaves in which the key stands", Result.hex("", ""))))
          .maybe();

  private static final Result PARTICIPANTS =
      Result.array(
              "musig2_participant_pubkeys",
              "keys that are aggregated (BIP373)",
              Result.object(
                  "",
                  "",
                  key("aggregate_pubkey"),
                  Result.array("participant_pubkeys", "the keys", Result.hex("", ""))))
          .maybe();

  private static final Result PROPRIETARY =
      Result.array(
          "proprietary",
          "what only one program understands",
          Result.object(
              "",
              "",
              Result.hex("identifier", "of the program"),
              Result.number("subtype", "of the field"),
              Result.hex("key", "the whole key"),
              Result.hex("value", "the value")));

  private static final Result UNKNOWN =
      Result.map("unknown", "fields of other kinds", Result.hex("key", "the value"));

  private static final Result REDEEM_SCRIPT = script("redeem_script");
  private static final Result WITNESS_SCRIPT = script("witness_script");
  private static final Result INTERNAL_KEY = Result.hex("taproot_internal_key", "x-only").maybe();

  static final Result DECODED =
      Result.object(
          "",
          "",
          Shapes.TRANSACTION.as("tx", "in version 0: the transaction without signatures").maybe(),
          Result.array(
              "global_xpubs",
              "extended keys that keys are derived from",
              Result.object("", "", Result.text("xpub", "the key"), fingerprint(), path())),
          Result.number("tx_version", "the transaction's").maybe(),
          Result.number("fallback_locktime", "where no input wants another").maybe(),
          Result.number("input_count", "how many").maybe(),
          Result.number("output_count", "how many").maybe(),
          Result.flag("inputs_modifiable", "whether some may be added").maybe(),
          Result.flag("outputs_modifiable", "whether some may be added").maybe(),
          Result.flag("has_sighash_single", "whether an output is signed alone").maybe(),
          Result.number("psbt_version", "of the format").maybe(),
          PROPRIETARY,
          UNKNOWN,
          Result.array("inputs", "", input()),
          Result.array("outputs", "", output()),
          Result.amount("fee", "coins, if all outputs that are spent are known").maybe());

  private PsbtShapes() {}

  private static Result key(String name) {
    return Result.hex(name, "the public key");
  }

  private static Result fingerprint() {
    return Result.hex("master_fingerprint", "of the root key");
  }

  private static Result path() {
    return Result.text("path", "from the root key");
  }

  private static Result script(String name) {
    return Result.object(
            name,
            "what a hash stands for",
            Result.text("asm", "disassembly"),
            Result.hex("hex", "the bytes"),
            Result.text("type", "the type"))
        .maybe();
  }

  private static Result preimages(String hash) {
    return Result.map(
            hash + "_preimages", "what hashes to what", Result.hex("hash", "the preimage"))
        .maybe();
  }

  private static Result input() {
    return Result.object(
            "",
            "",
            Shapes.TRANSACTION.as("non_witness_utxo", "whose output is spent").maybe(),
            Result.object(
                    "witness_utxo",
                    "the output that is spent",
                    Result.amount("amount", "coins"),
                    Shapes.SCRIPT_PUB_KEY)
                .maybe(),
            Result.map("partial_signatures", "", Result.hex("pubkey", "its signature")).maybe(),
            Result.text("sighash", "what signatures are to cover").maybe(),
            REDEEM_SCRIPT,
            WITNESS_SCRIPT,
            ORIGINS,
            Result.object(
                    "final_scriptSig",
                    "",
                    Result.text("asm", "disassembly"),
                    Result.hex("hex", "the bytes"))
                .maybe(),
            Result.array("final_scriptwitness", "", Result.hex("", "")).maybe(),
            preimages("ripemd160"),
            preimages("sha256"),
            preimages("hash160"),
            preimages("hash256"))
        .plus(
            Result.hex("previous_txid", "of the output that is spent").maybe(),
            Result.number("previous_vout", "index of the output that is spent").maybe(),
            Result.number("sequence", "the sequence number").maybe(),
            Result.number("time_locktime", "the least lock time").maybe(),
            Result.number("height_locktime", "the least lock height").maybe())
        .plus(taprootInput())
        .plus(
            PARTICIPANTS,
            musig("musig2_pubnonces", "pubnonce"),
            musig("musig2_partial_sigs", "partial_sig"),
            PROPRIETARY.maybe(),
            UNKNOWN.maybe());
  }

  private static Result[] taprootInput() {
    return new Result[] {
      Result.hex("taproot_key_path_sig", "the signature of the output's key").maybe(),
      Result.array(
              "taproot_script_path_sigs",
              "signatures in leaves",
              Result.object(
                  "",
                  "",
                  key("pubkey"),
                  Result.hex("leaf_hash", "the leaf"),
                  Result.hex("sig", "the signature")))
          .maybe(),
      Result.array(
              "taproot_scripts",
              "leaves",
              Result.object(
                  "",
                  "",
                  Result.hex("script", "the script"),
                  Result.number("leaf_ver", "the leaf's version"),
                  Result.array("control_blocks", "what reveals it", Result.hex("", ""))))
          .maybe(),
      TAPROOT_ORIGINS,
      INTERNAL_KEY,
      Result.hex("taproot_merkle_root", "of the tree").maybe()
    };
  }

  private static Result musig(String name, String value) {
    return Result.array(
            name,
            "what participants gave (BIP373)",
            Result.object(
                "",
                "",
                key("participant_pubkey"),
                key("aggregate_pubkey"),
                Result.hex("leaf_hash", "if it is for a leaf").maybe(),
                Result.hex(value, "what they gave")))
        .maybe();
  }

  private static Result output() {
    return Result.object(
        "",
        "",
        REDEEM_SCRIPT,
        WITNESS_SCRIPT,
        ORIGINS,
        Result.amount("amount", "coins").maybe(),
        Shapes.SCRIPT_PUB_KEY.as("script", "the output script").maybe(),
        INTERNAL_KEY,
        Result.array(
                "taproot_tree",
                "the leaves, depth first",
                Result.object(
                    "",
                    "",
                    Result.number("depth", "of the leaf"),
                    Result.number("leaf_ver", "the leaf's version"),
                    Result.hex("script", "the script")))
            .maybe(),
        TAPROOT_ORIGINS,
        PARTICIPANTS,
        PROPRIETARY.maybe(),
        UNKNOWN.maybe());
  }
}
