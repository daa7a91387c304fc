package net.twinpath.config.machine;

import net.twinpath.config.value.Keyword;

/** Which ARP frames count as a sign of life, and whether others do. */
public enum ArpValidate implements Keyword {
    /** Any frame that arrives is a sign of life. */
    NONE("none", 0),
    /** Only answers to probes, on the active member. */
    ACTIVE("active", 1),
    /** Only probes seen, on the members that wait. */
    BACKUP("backup", 2),
    /** Both of them. */
    ALL("all", 3),
    /** Only ARP counts on any member. */
    FILTER("filter", 4),
    /** Only ARP counts, and is validated on the active member. */
    FILTER_ACTIVE("filter_active", 5),
    /** Only ARP counts, and is validated on the members that wait. */
    FILTER_BACKUP("filter_backup", 6);

    private final String text;
    private final int number;

    ArpValidate(String text, int number) {
        this.text = text;
        this.number = number;
    }

    @Override
    public String text() {
        return text;
    }

    /** The value of IFLA_BOND_ARP_VALIDATE (drivers/net/bonding/bond_options.c). */
    public int number() {
        return number;
    }
}
