package net.twinpath.daemon.apply;

/**
 * What two links have in common, so that one failure may take both.
 *
 * @param first    one link
 * @param second   the other, which stands later in the configuration
 * @param sentence what it is and what it means, for an operator
 */
public record SharedPart(String first, String second, String sentence) {}
