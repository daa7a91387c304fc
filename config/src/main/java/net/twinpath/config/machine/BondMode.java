package net.twinpath.config.machine;

import net.twinpath.config.value.Keyword;

/** How a bond uses its members; the words are those of the kernel (Documentation/networking/bonding.rst). */
public enum BondMode implements Keyword {
    /** One frame after the other over the members in turn. */
    BALANCE_RR("balance-rr", 0),
    /** One member carries everything, another takes over when it fails. */
    ACTIVE_BACKUP("active-backup", 1),
    /** A hash of its addresses chooses the member of a frame. */
    BALANCE_XOR("balance-xor", 2),
    /** Every frame over every member; nobody removes the copies. */
    BROADCAST("broadcast", 3),
    /** Link aggregation that both ends agree on by LACP (IEEE 802.1AX). */
    LACP("802.3ad", 4),
    /** Sending is spread by load; receiving is on one member. */
    BALANCE_TLB("balance-tlb", 5),
    /** As balance-tlb, and receiving of IPv4 is spread by ARP replies. */
    BALANCE_ALB("balance-alb", 6);

    private final String text;
    private final int number;

    BondMode(String text, int number) {
        this.text = text;
        this.number = number;
    }

    @Override
    public String text() {
        return text;
    }

    /** BOND_MODE_* of include/uapi/linux/if_bonding.h, the value of IFLA_BOND_MODE. */
    public int number() {
        return number;
    }
}
