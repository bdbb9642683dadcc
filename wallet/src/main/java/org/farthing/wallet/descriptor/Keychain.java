package org.farthing.wallet.descriptor;

import java.util.ArrayList;
import java.util.List;
import org.farthing.consensus.primitives.Script;

/**
 * The scripts of one descriptor in their order, and how many of them have been given away. Owned by
 * one thread.
 */
public final class Keychain {
  private final int id;
  private final Role role;
  private final ScriptExpression descriptor;
  private final ScriptExpression shortened;
  private final List<Script> scripts = new ArrayList<>();
  private int next;

  /** What the scripts are for. */
  public enum Role {
    /** Addresses given to others. */
    RECEIVE,
    /** The wallet's own change. */
    CHANGE
  }

  /**
   * A keychain of which no script has been given away.
   *
   * @param id tells the keychains of a wallet apart, for good
   */
  public Keychain(int id, Role role, ScriptExpression descriptor) {
    this.id = id;
    this.role = role;
    this.descriptor = descriptor;
    this.shortened = descriptor.withKeys(KeyExpression::shortened);
  }

  public int id() {
    return id;
  }

  public Role role() {
    return role;
  }

  public ScriptExpression descriptor() {
    return descriptor;
  }

  /** The least index that was neither given away nor seen in use. */
  public int next() {
    return next;
  }

  /** How many scripts are known: they are watched for. */
  public int derivedCount() {
    return scripts.size();
  }

  public Script script(int index) {
    return scripts.get(index);
  }

  void advanceTo(int index) {
    next = Math.max(next, index);
  }

  /** Derives one script more. */
  Script derive() {
    Script script = shortened.scriptAt(scripts.size());
    scripts.add(script);
    return script;
  }

  @Override
  public String toString() {
    return "keychain " + id + " (" + role + ")";
  }
}
