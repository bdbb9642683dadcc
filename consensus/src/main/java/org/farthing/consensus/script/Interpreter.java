package org.farthing.consensus.script;

import static org.farthing.consensus.script.Opcode.*;

/**
 * Runs one script on a stack. It reads nothing but its arguments, never throws, whatever the
 * script, and stays within the limits: 10,000 bytes and 201 instructions (before tapscript), 520
 * bytes in an item, 1,000 items.
 */
final class Interpreter {
  /** The most items that both stacks may hold together. */
  static final int MAX_STACK_SIZE = 1_000;

  /** The most bytes that an item may have. */
  static final int MAX_ELEMENT_SIZE = 520;

  private static final int MAX_OPERATIONS = 201;

  private final ScriptStack stack;
  private final ScriptStack altStack = new ScriptStack();
  private final ConditionStack conditions = new ConditionStack();
  private final byte[] script;
  private final Instructions in;
  private final ScriptCode code;
  private final Rules rules;
  private int operations;
  private int index;

  /** Made when it is first wanted: many scripts check no signature. */
  private SignatureOps signatures;

  /**
   * What a script runs under.
   *
   * @param taproot null before tapscript
   */
  record Rules(
      SignatureChecker checker, ScriptFlags flags, SigVersion version, TaprootContext taproot) {
    boolean has(ScriptFlag flag) {
      return flags.has(flag);
    }

    boolean minimalData() {
      return flags.has(ScriptFlag.MINIMALDATA);
    }

    boolean isTapscript() {
      return version == SigVersion.TAPSCRIPT;
    }
  }

  private Interpreter(ScriptStack stack, byte[] script, Rules rules) {
    this.stack = stack;
    this.script = script;
    this.in = new Instructions(script);
    this.code = new ScriptCode(script);
    this.rules = rules;
  }

  /**
   * Runs a script.
   *
   * @param stack what it starts with, and where it leaves its result
   * @param script is not changed
   */
  static ScriptError run(ScriptStack stack, byte[] script, Rules rules) {
    return new Interpreter(stack, script, rules).run();
  }

  private ScriptError run() {
    if (!rules.isTapscript() && script.length > ScriptPattern.MAX_SCRIPT_SIZE) {
      return ScriptError.SCRIPT_SIZE;
    }
    while (in.next()) {
      ScriptError error = step(in.opcode());
      if (error != ScriptError.OK) {
        return error;
      }
      if (stack.size() + altStack.size() > MAX_STACK_SIZE) {
        return ScriptError.STACK_SIZE;
      }
      index++;
    }
    if (in.isMalformed()) {
      return ScriptError.BAD_OPCODE;
    }
    return conditions.isEmpty() ? ScriptError.OK : ScriptError.UNBALANCED_CONDITIONAL;
  }

  private ScriptError step(int opcode) {
    if (in.dataSize() > MAX_ELEMENT_SIZE) {
      return ScriptError.PUSH_SIZE;
    }
    if (opcode > OP_16 && !rules.isTapscript() && ++operations > MAX_OPERATIONS) {
      return ScriptError.OP_COUNT;
    }
    if (isDisabled(opcode)) {
      return ScriptError.DISABLED_OPCODE;
    }
    if (opcode == OP_CODESEPARATOR
        && rules.version() == SigVersion.BASE
        && rules.has(ScriptFlag.CONST_SCRIPTCODE)) {
      return ScriptError.OP_CODESEPARATOR;
    }
    if (opcode >= OP_IF && opcode <= OP_ENDIF) {
      return control(opcode);
    }
    if (!conditions.allTrue()) {
      return ScriptError.OK;
    }
    if (isPushData(opcode)) {
      return pushData();
    }
    return stack.size() < StackDepth.required(opcode)
        ? ScriptError.INVALID_STACK_OPERATION
        : execute(opcode);
  }

  private ScriptError execute(int opcode) {
    return switch (opcode) {
      case OP_1NEGATE -> push(-1);
      case OP_1, OP_2, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58 -> push(smallNumber(opcode));
      case 0x59, 0x5a, 0x5b, 0x5c, 0x5d, 0x5e, 0x5f, OP_16 -> push(smallNumber(opcode));

      case OP_NOP -> ScriptError.OK;
      case OP_NOP1, OP_NOP4, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, OP_NOP10 -> reservedNop();
      case OP_CHECKLOCKTIMEVERIFY -> checkTime(ScriptFlag.CHECKLOCKTIMEVERIFY);
      case OP_CHECKSEQUENCEVERIFY -> checkTime(ScriptFlag.CHECKSEQUENCEVERIFY);
      case OP_VERIFY -> verify(ScriptError.VERIFY);
      case OP_RETURN -> ScriptError.OP_RETURN;

      case OP_TOALTSTACK -> toAltStack();
      case OP_FROMALTSTACK -> fromAltStack();
      case OP_2DROP, OP_2DUP, OP_3DUP, OP_2OVER, OP_2ROT, OP_2SWAP, OP_IFDUP, OP_DEPTH ->
          StackOps.move(opcode, stack);
      case OP_DROP, OP_DUP, OP_NIP, OP_OVER, OP_ROT, OP_SWAP, OP_TUCK, OP_SIZE ->
          StackOps.move(opcode, stack);
      case OP_PICK, OP_ROLL -> StackOps.pickOrRoll(opcode, stack, rules.minimalData());
      case OP_EQUAL -> equal();
      case OP_EQUALVERIFY -> thenVerify(equal(), ScriptError.EQUALVERIFY);

      case OP_1ADD, OP_1SUB, OP_NEGATE, OP_ABS, OP_NOT, OP_0NOTEQUAL ->
          NumberOps.unary(opcode, stack, rules.minimalData());
      case OP_ADD, OP_SUB, OP_BOOLAND, OP_BOOLOR, OP_NUMEQUAL, OP_NUMNOTEQUAL, OP_MIN, OP_MAX ->
          NumberOps.binary(opcode, stack, rules.minimalData());
      case OP_LESSTHAN, OP_GREATERTHAN, OP_LESSTHANOREQUAL, OP_GREATERTHANOREQUAL ->
          NumberOps.binary(opcode, stack, rules.minimalData());
      case OP_NUMEQUALVERIFY ->
          thenVerify(
              NumberOps.binary(opcode, stack, rules.minimalData()), ScriptError.NUMEQUALVERIFY);
      case OP_WITHIN -> NumberOps.within(stack, rules.minimalData());

      case OP_RIPEMD160, OP_SHA1, OP_SHA256, OP_HASH160, OP_HASH256 -> StackOps.hash(opcode, stack);
      case OP_CODESEPARATOR -> codeSeparator();
      case OP_CHECKSIG -> signatures().checkSig(stack, code);
      case OP_CHECKSIGVERIFY ->
          thenVerify(signatures().checkSig(stack, code), ScriptError.CHECKSIGVERIFY);
      case OP_CHECKSIGADD -> signatures().checkSigAdd(stack, code);
      case OP_CHECKMULTISIG -> checkMultiSig();
      case OP_CHECKMULTISIGVERIFY -> thenVerify(checkMultiSig(), ScriptError.CHECKMULTISIGVERIFY);
      default -> ScriptError.BAD_OPCODE;
    };
  }

  /** {@code [… ] -> [… data]} */
  private ScriptError pushData() {
    if (rules.minimalData() && !in.isMinimalPush()) {
      return ScriptError.MINIMALDATA;
    }
    stack.push(in.data());
    return ScriptError.OK;
  }

  /** {@code [… ] -> [… number]} */
  private ScriptError push(int number) {
    stack.push((long) number);
    return ScriptError.OK;
  }

  /** The instructions that count also where nothing is executed. */
  private ScriptError control(int opcode) {
    switch (opcode) {
      case OP_IF, OP_NOTIF -> {
        return beginIf(opcode == OP_NOTIF);
      }
      case OP_ELSE -> {
        if (conditions.isEmpty()) {
          return ScriptError.UNBALANCED_CONDITIONAL;
        }
        conditions.toggle();
      }
      case OP_ENDIF -> {
        if (conditions.isEmpty()) {
          return ScriptError.UNBALANCED_CONDITIONAL;
        }
        conditions.pop();
      }
      default -> {
        return ScriptError.BAD_OPCODE;
      }
    }
    return ScriptError.OK;
  }

  /** {@code [… bool] -> [… ]} where instructions are executed. */
  private ScriptError beginIf(boolean negated) {
    if (!conditions.allTrue()) {
      conditions.push(false);
      return ScriptError.OK;
    }
    if (stack.size() < 1) {
      return ScriptError.INVALID_STACK_OPERATION;
    }
    byte[] argument = stack.peek(0);
    boolean minimal = argument.length == 0 || (argument.length == 1 && argument[0] == 1);
    if (!minimal && rules.isTapscript()) {
      return ScriptError.TAPSCRIPT_MINIMALIF;
    }
    if (!minimal && rules.version() == SigVersion.WITNESS_V0 && rules.has(ScriptFlag.MINIMALIF)) {
      return ScriptError.MINIMALIF;
    }
    stack.drop(1);
    conditions.push(ScriptNum.isTrue(argument) != negated);
    return ScriptError.OK;
  }

  private ScriptError reservedNop() {
    return rules.has(ScriptFlag.DISCOURAGE_UPGRADABLE_NOPS)
        ? ScriptError.DISCOURAGE_UPGRADABLE_NOPS
        : ScriptError.OK;
  }

  /** {@code [… time] -> [… time]} (BIP-0065, BIP-0112) */
  private ScriptError checkTime(ScriptFlag rule) {
    if (!rules.has(rule)) {
      return ScriptError.OK;
    }
    if (stack.size() < 1) {
      return ScriptError.INVALID_STACK_OPERATION;
    }
    long wanted =
        ScriptNum.decode(stack.peek(0), rules.minimalData(), ScriptNum.MAX_LOCK_TIME_SIZE);
    if (wanted == ScriptNum.INVALID) {
      return ScriptError.SCRIPTNUM;
    }
    if (wanted < 0) {
      return ScriptError.NEGATIVE_LOCKTIME;
    }
    SignatureChecker checker = rules.checker();
    boolean reached =
        rule == ScriptFlag.CHECKLOCKTIMEVERIFY
            ? LockTimeOps.isLockTimeReached(checker.transaction(), checker.inputIndex(), wanted)
            : LockTimeOps.isSequenceReached(checker.transaction(), checker.inputIndex(), wanted);
    return reached ? ScriptError.OK : ScriptError.UNSATISFIED_LOCKTIME;
  }

  /** {@code [… bool] -> [… ]} */
  private ScriptError verify(ScriptError failure) {
    if (!ScriptNum.isTrue(stack.peek(0))) {
      return failure;
    }
    stack.drop(1);
    return ScriptError.OK;
  }

  private ScriptError thenVerify(ScriptError error, ScriptError failure) {
    return error == ScriptError.OK ? verify(failure) : error;
  }

  /** {@code [… x] -> [… ]}, alternative {@code [… ] -> [… x]} */
  private ScriptError toAltStack() {
    altStack.push(stack.pop());
    return ScriptError.OK;
  }

  /** {@code [… ] -> [… x]}, alternative {@code [… x] -> [… ]} */
  private ScriptError fromAltStack() {
    if (altStack.size() < 1) {
      return ScriptError.INVALID_ALTSTACK_OPERATION;
    }
    stack.push(altStack.pop());
    return ScriptError.OK;
  }

  /** {@code [… x1 x2] -> [… bool]} */
  private ScriptError equal() {
    StackOps.equal(stack);
    return ScriptError.OK;
  }

  private ScriptError codeSeparator() {
    code.beginAt(in.position());
    if (rules.isTapscript()) {
      rules.taproot().setCodeSeparatorPosition(index);
    }
    return ScriptError.OK;
  }

  private SignatureOps signatures() {
    if (signatures == null) {
      signatures =
          new SignatureOps(rules.checker(), rules.flags(), rules.version(), rules.taproot());
    }
    return signatures;
  }

  /** {@code [… dummy sig1 … sigM m key1 … keyN n] -> [… bool]} */
  private ScriptError checkMultiSig() {
    if (rules.isTapscript()) {
      return ScriptError.TAPSCRIPT_CHECKMULTISIG;
    }
    if (stack.size() < 1) {
      return ScriptError.INVALID_STACK_OPERATION;
    }
    long keys = ScriptNum.decode(stack.peek(0), rules.minimalData(), ScriptNum.MAX_SIZE);
    if (keys == ScriptNum.INVALID) {
      return ScriptError.SCRIPTNUM;
    }
    if (keys < 0 || keys > ScriptPattern.MAX_MULTISIG_KEYS) {
      return ScriptError.PUBKEY_COUNT;
    }
    operations += (int) keys;
    if (operations > MAX_OPERATIONS) {
      return ScriptError.OP_COUNT;
    }
    return signatures().checkMultiSig(stack, code, (int) keys);
  }
}
