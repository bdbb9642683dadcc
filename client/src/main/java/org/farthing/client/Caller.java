package org.farthing.client;

/** Makes calls. */
@FunctionalInterface
public interface Caller {
  /**
   * Makes a call, and waits for its result.
   *
   * @return null where the method answers nothing
   * @throws RpcException if the node refuses it
   * @throws ConnectionException if there is no answer
   * @throws UnexpectedAnswerException if the answer is another one than the method declares
   */
  <T> T call(Call<T> call);
}
