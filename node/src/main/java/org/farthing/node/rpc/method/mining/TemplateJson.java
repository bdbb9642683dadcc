package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.farthing.consensus.bytes.Hex;
import org.farthing.consensus.chain.HeaderNode;
import org.farthing.consensus.chain.VersionBits;
import org.farthing.consensus.chain.VoteState;
import org.farthing.consensus.params.ConsensusParams;
import org.farthing.consensus.params.Deployment;
import org.farthing.consensus.params.SignalledDeployment;
import org.farthing.consensus.primitives.Transaction;
import org.farthing.consensus.primitives.TxIn;
import org.farthing.consensus.primitives.Txid;
import org.farthing.consensus.validation.BlockChecks;
import org.farthing.node.mining.BlockTemplate;
import org.farthing.node.mining.TemplateOffer;
import org.farthing.node.rpc.json.BlockJson;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.json.Targets;
import org.farthing.node.rpc.spec.Result;

/** Templates in JSON (BIP-0022, BIP-0009, BIP-0145). */
final class TemplateJson {
  private static final Result TRANSACTION =
      Result.object(
          "",
          "",
          Result.hex("data", "the transaction with its witness"),
          Result.hex("txid", "the transaction id"),
          Result.hex("hash", "the witness transaction id"),
          Result.array(
              "depends",
              "transactions that must come before it",
              Result.number("", "position in this list, from 1")),
          Result.number("fee", "satoshis"),
          Result.number("sigops", "signature operations, as the limit counts them"),
          Result.number("weight", "weight units"));

  static final Result SHAPE =
      Result.object(
          "",
          "for a template",
          Result.array("capabilities", "what else this method can do", Result.text("", "")),
          Result.number("version", "of the block"),
          Result.array(
              "rules",
              "that hold in the block; those with ! have to be understood",
              Result.text("", "")),
          Result.map(
              "vbavailable",
              "changes of the rules that miners decide on",
              Result.number("rule", "the bit of the version that signals for it")),
          Result.number("vbrequired", "bits of the version that have to be set"),
          Result.hex("previousblockhash", "the tip"),
          Result.array("transactions", "for the block, in this order", TRANSACTION),
          Result.map("coinbaseaux", "what the coinbase has to contain", Result.hex("key", "")),
          Result.number("coinbasevalue", "subsidy and fees, in satoshis"),
          Result.text("longpollid", "names the template in a call that waits for the next one"),
          Result.hex("target", "that the block's hash must not exceed"),
          Result.time("mintime", "the least time of the block"),
          Result.array("mutable", "what may be changed", Result.text("", "")),
          Result.hex("noncerange", "the first nonce and the last"),
          Result.number("sigoplimit", "most signature operations of a block"),
          Result.number("sizelimit", "most bytes of a block"),
          Result.number("weightlimit", "most weight units of a block, with segwit").maybe(),
          Result.time("curtime", "the time for the block"),
          Result.hex("bits", "the target in compact form"),
          Result.number("height", "of the block"),
          Result.hex("signet_challenge", "what the block must satisfy, on signet").maybe(),
          Result.hex(
                  "default_witness_commitment",
                  "output script of the coinbase, for exactly these transactions")
              .maybe());

  private final ConsensusParams params;
  private final VersionBits versionBits;

  TemplateJson(ConsensusParams params) {
    this.params = params;
    this.versionBits = new VersionBits(params);
  }

  ObjectNode of(TemplateOffer offer) {
    BlockTemplate template = offer.template();
    HeaderNode parent = template.parent();
    boolean segwit = params.isActive(Deployment.SEGWIT, template.height());
    ObjectNode json = Json.object();
    json.set("capabilities", Json.strings(List.of("proposal")));
    rules(json, offer.header().version(), parent, segwit);
    json.put("vbrequired", 0);
    json.put("previousblockhash", parent.hash().toString());
    json.set("transactions", transactions(template.items(), unit(segwit)));
    json.putObject("coinbaseaux");
    json.put("coinbasevalue", template.rewardSat());
    json.put("longpollid", parent.hash().toString() + offer.mempoolChanges());
    json.put("target", Targets.hex(Targets.ofBits(offer.header().bits())));
    json.put("mintime", offer.minimumTimeSeconds());
    json.set("mutable", Json.strings(List.of("time", "transactions", "prevblock")));
    json.put("noncerange", "00000000ffffffff");
    json.put("sigoplimit", BlockChecks.MAX_SIGOP_COST / unit(segwit));
    json.put("sizelimit", BlockChecks.MAX_WEIGHT / unit(segwit));
    if (segwit) {
      json.put("weightlimit", BlockChecks.MAX_WEIGHT);
    }
    json.put("curtime", offer.header().timeSeconds());
    json.put("bits", BlockJson.hex32(offer.header().bits()));
    json.put("height", template.height());
    params.blockChallenge().ifPresent(challenge -> json.put("signet_challenge", challenge.toHex()));
    template
        .witnessCommitment()
        .ifPresent(script -> json.put("default_witness_commitment", script.toHex()));
    return json;
  }

  /** By how much the old limits are smaller than those of segwit. */
  private static int unit(boolean segwit) {
    return segwit ? 1 : Transaction.WITNESS_SCALE_FACTOR;
  }

  /** What the votes of miners say; all that can be voted on is optional for them. */
  private void rules(ObjectNode json, int version, HeaderNode parent, boolean segwit) {
    ArrayNode rules = Json.array().add("csv");
    if (segwit) {
      rules.add("!segwit").add("taproot");
    }
    if (params.blockChallenge().isPresent()) {
      rules.add("!signet");
    }
    ObjectNode available = Json.object();
    int lockedIn = 0;
    for (SignalledDeployment deployment : params.deployments().signalled()) {
      VoteState state = versionBits.stateAfter(deployment, parent);
      if (state == VoteState.ACTIVE) {
        rules.add(deployment.name());
      } else if (state == VoteState.STARTED || state == VoteState.LOCKED_IN) {
        available.put(deployment.name(), deployment.bit());
        lockedIn |= state == VoteState.LOCKED_IN ? deployment.mask() : 0;
      }
    }
    json.put("version", version | lockedIn);
    json.set("rules", rules);
    json.set("vbavailable", available);
  }

  private static ArrayNode transactions(List<BlockTemplate.Item> items, int sigOpUnit) {
    ArrayNode array = Json.array();
    Map<Txid, Integer> positions = new HashMap<>();
    for (BlockTemplate.Item item : items) {
      Transaction transaction = item.transaction();
      positions.put(transaction.txid(), positions.size() + 1);
      ObjectNode json = array.addObject();
      json.put("data", Hex.encode(transaction.serialize()));
      json.put("txid", transaction.txid().toString());
      json.put("hash", transaction.wtxid().toString());
      ArrayNode depends = json.putArray("depends");
      for (TxIn input : transaction.inputs()) {
        Integer position = positions.get(input.outPoint().txid());
        if (position != null) {
          depends.add(position);
        }
      }
      json.put("fee", item.feeSat());
      json.put("sigops", item.sigOpCost() / sigOpUnit);
      json.put("weight", transaction.weight());
    }
    return array;
  }
}
