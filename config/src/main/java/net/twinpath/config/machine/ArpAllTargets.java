package net.twinpath.config.machine;

import net.twinpath.config.value.Keyword;

/** How many targets must answer before a member counts as up. */
public enum ArpAllTargets implements Keyword {
    /** One of them. */
    ANY("any", 0),
    /** All of them. */
    ALL("all", 1);

    private final String text;
    private final int number;

    ArpAllTargets(String text, int number) {
        this.text = text;
        this.number = number;
    }

    @Override
    public String text() {
        return text;
    }

    /** The value of IFLA_BOND_ARP_ALL_TARGETS (drivers/net/bonding/bond_options.c). */
    public int number() {
        return number;
    }
}
