package org.farthing.node.rpc.method.mining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.farthing.node.config.ConfigException;
import org.farthing.node.config.MinerPolicy;
import org.farthing.node.rpc.error.RpcException;
import org.farthing.node.rpc.json.Json;
import org.farthing.node.rpc.port.MiningPort;
import org.farthing.node.rpc.spec.Param;
import org.farthing.node.rpc.spec.Result;

/** What the methods that steer the node's miner have in common. */
final class MinerState {
  static final Result SHAPE =
      Result.object(
              "",
              "",
              Result.flag("mining", "whether the miner is on"),
              Result.number("threads", "threads that search"))
          .plus(schedule());

  static final Param<MinerPolicy> POLICY =
      Param.any(
          "policy",
          "When blocks are made: " + MinerPolicy.FORMS,
          value -> {
            if (!value.isTextual()) {
              throw RpcException.typeError("policy must be a string");
            }
            try {
              return MinerPolicy.parse(value.textValue());
            } catch (ConfigException e) {
              throw RpcException.invalidParameter(e.getMessage());
            }
          });

  static final Param<Boolean> PAUSE_WHEN_IDLE =
      Param.flag("pause_when_idle", "Rest while no transaction waits");

  private MinerState() {}

  /** What it works by, if it is on. */
  static Result[] schedule() {
    return new Result[] {
      Result.text("policy", "when it makes blocks (Farthing's own)").maybe(),
      Result.flag("pausewhenidle", "it rests while no transaction waits (Farthing's own)").maybe(),
      Result.number("ordered", "blocks that were ordered and are not made yet (Farthing's own)")
          .maybe(),
      Result.flag("working", "it searches for a block now (Farthing's own)").maybe()
    };
  }

  static ObjectNode json(MiningPort.Status status) {
    ObjectNode json = Json.object();
    json.put("mining", status.threads() > 0);
    json.put("threads", status.threads());
    addSchedule(json, status);
    return json;
  }

  /** The fields of {@link #schedule}. */
  static void addSchedule(ObjectNode json, MiningPort.Status status) {
    status
        .schedule()
        .ifPresent(
            schedule ->
                json.put("policy", schedule.policy().text())
                    .put("pausewhenidle", schedule.pausesWhenIdle())
                    .put("ordered", schedule.ordered())
                    .put("working", schedule.working()));
  }
}
