package org.farthing.consensus.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.farthing.consensus.primitives.Script;
import org.farthing.testing.ScriptText;

/**
 * Small scripts that stand at the edge of a rule, on either side: together they provoke each error
 * that needs no particular output, signature or transaction.
 */
final class EdgeScripts {
  private static final String KEY =
      "0x21 0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798 ";

  private static final List<String> TEXTS =
      List.of(
          // Results
          "0",
          "0x01 0x80",
          "0x02 0x0080",
          "0x02 0x8000",
          "1 1",
          "RETURN",
          "0 VERIFY 1",
          "1 2 EQUALVERIFY 1",
          "1 2 NUMEQUALVERIFY 1",
          "0x01 0x80 NOT",
          // Pushes
          "0x4c 0x01 0x07 DROP 1",
          "0x01 0x07 DROP 1",
          "0x4d 0x0100 0x4e DROP 1",
          "0x4e 0x01000000 0x4e DROP 1",
          "1 0x4c",
          "1 0x4d 0x01",
          "1 0x02 0x01",
          // Numbers
          "0x04 0xffffff7f 1ADD SIZE 5 EQUALVERIFY 0x05 0x0000008000 EQUAL",
          "0x04 0xffffffff 1SUB SIZE 5 EQUALVERIFY 0x05 0x0000008080 EQUAL",
          "0x05 0x0100000000 1ADD",
          "0x02 0x0100 1ADD",
          "0x04 0xffffff7f DUP ADD 1ADD",
          "-1 0x01 0x81 NUMEQUAL",
          "1 0 1 WITHIN NOT",
          "0 0 1 WITHIN",
          // The stack
          "DROP 1",
          "1 2 3 2ROT 1",
          "FROMALTSTACK 1",
          "1 TOALTSTACK FROMALTSTACK",
          "1 0 PICK DROP",
          "1 1 PICK",
          "1 -1 ROLL",
          "1 0 ROLL",
          "0x05 0x0000000001 PICK",
          // Conditions
          "1 IF",
          "ELSE",
          "ENDIF",
          "1 ENDIF",
          "IF ENDIF 1",
          "1 IF 1 ELSE 0 ELSE DROP 1 ENDIF",
          "0 IF 0 ELSE 1 ELSE VERIF ENDIF",
          "0 IF RESERVED VER RESERVED1 RESERVED2 RETURN CHECKSIGADD 0xff ENDIF 1",
          "0 IF VERNOTIF ENDIF 1",
          "0 IF CAT ENDIF 1",
          "0 IF CODESEPARATOR ENDIF 1",
          "0 NOTIF 0 IF NOTIF ELSE ENDIF ELSE ENDIF 1 ENDIF",
          "2 IF 1 ELSE 0 ENDIF",
          "0x02 0x0100 NOTIF 0 ELSE 1 ENDIF",
          "0x01 0x80 IF 0 ELSE 1 ENDIF",
          // Reserved
          "RESERVED 1",
          "VER 1",
          "0xff 1",
          "1 MUL 1",
          "NOP1 NOP4 NOP5 NOP6 NOP7 NOP8 NOP9 NOP10 1",
          // Lock times
          "-1 CHECKLOCKTIMEVERIFY",
          "-1 CHECKSEQUENCEVERIFY",
          "0 CHECKLOCKTIMEVERIFY 0 CHECKSEQUENCEVERIFY 2DROP 1",
          "0x06 0x000000000001 CHECKLOCKTIMEVERIFY",
          "0x05 0xffffffff00 CHECKLOCKTIMEVERIFY",
          "0x05 0x0000008000 CHECKSEQUENCEVERIFY",
          "0x05 0xffffffff7f CHECKSEQUENCEVERIFY",
          "CHECKLOCKTIMEVERIFY 1",
          "CHECKSEQUENCEVERIFY 1",
          // Signatures
          "0 0 CHECKSIGVERIFY 1",
          "0 " + KEY + "CHECKSIGVERIFY 1",
          "0 " + KEY + "CHECKSIG NOT",
          "1 " + KEY + "CHECKSIG NOT",
          "0 2 " + KEY + "CHECKSIGADD 2 EQUAL",
          "1 2 0x03 0x010203 CHECKSIGADD 3 EQUAL",
          "0 0 CHECKSIGADD 1",
          "0 0x05 0x0000000001 " + KEY + "CHECKSIGADD",
          "0 0 0 CHECKMULTISIG",
          "1 0 0 CHECKMULTISIG",
          "0 0 CHECKMULTISIG",
          "0 -1 0 CHECKMULTISIG",
          "0 1 0 CHECKMULTISIG",
          "0 0 -1 CHECKMULTISIG",
          "0 0 21 CHECKMULTISIG",
          "0 0 0x05 0x0000000001 CHECKMULTISIG",
          "0 0x05 0x0000000001 0 CHECKMULTISIG",
          "0 0 1 " + KEY + "1 CHECKMULTISIGVERIFY 1",
          "0 0 1 " + KEY + "1 CHECKMULTISIG NOT",
          "0 1 1 " + KEY + "1 CHECKMULTISIG NOT",
          "0 0 1 0x01 0x05 1 CHECKMULTISIG NOT",
          // Limits
          "NOP ".repeat(201) + "1",
          "NOP ".repeat(202) + "1",
          "NOP ".repeat(200) + "0 0 0 CHECKMULTISIG",
          "NOP ".repeat(182) + "0 0 " + "1 ".repeat(20) + "20 CHECKMULTISIG",
          "NOP ".repeat(180) + "0 0 " + "1 ".repeat(20) + "20 CHECKMULTISIG",
          "1 ".repeat(1_000),
          "1 ".repeat(1_001),
          "1 ".repeat(998) + "2DUP",
          "1 ".repeat(998) + "3DUP",
          "1 ".repeat(999) + "TOALTSTACK DUP",
          "1 ".repeat(999) + "TOALTSTACK 2DUP");

  private static final List<Script> SCRIPTS = scripts();

  private EdgeScripts() {}

  static Lock pick(Random random) {
    return Lock.of(SCRIPTS.get(random.nextInt(SCRIPTS.size())));
  }

  private static List<Script> scripts() {
    List<Script> scripts = new ArrayList<>();
    TEXTS.forEach(text -> scripts.add(ScriptText.parse(text)));
    scripts.add(new ScriptBuilder().push(new byte[520]).op(Opcode.OP_SIZE).build());
    scripts.add(new ScriptBuilder().push(new byte[521]).op(Opcode.OP_SIZE).build());
    scripts.add(ofSize(10_000));
    scripts.add(ofSize(10_001));
    return scripts;
  }

  /** Pushes and drops, then 1. */
  private static Script ofSize(int size) {
    ScriptBuilder builder = new ScriptBuilder();
    for (int i = 0; i < 19; i++) {
      builder.push(new byte[520]).op(Opcode.OP_DROP);
    }
    int rest = size - builder.build().size();
    return builder.push(new byte[rest - 3]).op(Opcode.OP_DROP).op(Opcode.OP_1).build();
  }
}
