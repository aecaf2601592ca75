package dev.headlight.analysis.text.jinja;

/**
 * What a name or key stands for that is not there. It prints nothing and counts as false; anything
 * else that is done with it fails with its reason.
 *
 * @param reason such as {@code 'x' is undefined}
 */
record Undefined(String reason) {
  static Undefined name(String name) {
    return new Undefined("'" + name + "' is undefined");
  }

  static Undefined member(Object owner, Object key) {
    return new Undefined(
        "%s object has no attribute %s".formatted(Values.type(owner), Values.quoted(key)));
  }

  JinjaException failure() {
    return new JinjaException(reason);
  }
}
