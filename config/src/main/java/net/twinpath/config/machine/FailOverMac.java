package net.twinpath.config.machine;

import net.twinpath.config.value.Keyword;

/** Which MAC addresses the members of an active-backup bond have. */
public enum FailOverMac implements Keyword {
    /** All the same one. */
    NONE("none", 0),
    /** Each its own, and the bond that of the active one. */
    ACTIVE("active", 1),
    /** The active one that of the bond. */
    FOLLOW("follow", 2);

    private final String text;
    private final int number;

    FailOverMac(String text, int number) {
        this.text = text;
        this.number = number;
    }

    @Override
    public String text() {
        return text;
    }

    /** The value of IFLA_BOND_FAIL_OVER_MAC (drivers/net/bonding/bond_options.c). */
    public int number() {
        return number;
    }
}
