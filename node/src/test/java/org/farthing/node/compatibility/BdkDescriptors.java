package org.farthing.node.compatibility;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.bitcoindevkit.Descriptor;
import org.bitcoindevkit.Network;

/** What bdk makes of descriptors. */
final class BdkDescriptors {
  /** The method has an unsigned number, so that Java cannot write its name. */
  private static final Method DERIVE =
      Arrays.stream(Descriptor.class.getMethods())
          .filter(method -> method.getName().startsWith("deriveAddress"))
          .findFirst()
          .orElseThrow();

  private BdkDescriptors() {}

  static String address(Descriptor descriptor, int index) throws ReflectiveOperationException {
    return DERIVE.invoke(descriptor, index, Network.REGTEST).toString();
  }
}
