package dev.headlight.app.session;

/**
 * A named set of heads.
 *
 * @param name given by the user
 * @param heads in text form, such as {@code L1H2,L3H*}
 */
public record HeadGroup(String name, String heads) {}
