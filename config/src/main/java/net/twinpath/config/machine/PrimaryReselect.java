package net.twinpath.config.machine;

import net.twinpath.config.value.Keyword;

/** When the primary member becomes active again. */
public enum PrimaryReselect implements Keyword {
    /** As soon as it is up. */
    ALWAYS("always", 0),
    /** When it is faster than the active one. */
    BETTER("better", 1),
    /** When the active one fails. */
    FAILURE("failure", 2);

    private final String text;
    private final int number;

    PrimaryReselect(String text, int number) {
        this.text = text;
        this.number = number;
    }

    @Override
    public String text() {
        return text;
    }

    /** The value of IFLA_BOND_PRIMARY_RESELECT (drivers/net/bonding/bond_options.c). */
    public int number() {
        return number;
    }
}
