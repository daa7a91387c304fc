package net.twinpath.config.machine;

import net.twinpath.config.value.Keyword;

/** How often the partner shall send LACPDUs (IEEE 802.1AX LACP_Timeout). */
public enum LacpRate implements Keyword {
    /** Every 30 s. */
    SLOW("slow", 0),
    /** Every second. */
    FAST("fast", 1);

    private final String text;
    private final int number;

    LacpRate(String text, int number) {
        this.text = text;
        this.number = number;
    }

    @Override
    public String text() {
        return text;
    }

    /** The value of IFLA_BOND_AD_LACP_RATE (include/net/bond_3ad.h). */
    public int number() {
        return number;
    }
}
