package net.twinpath.config.machine;

import net.twinpath.config.value.Keyword;

/** Which of several aggregators is used, and when another is chosen. */
public enum AdSelect implements Keyword {
    /** The one with most bandwidth; another only when all its links are down. */
    STABLE("stable", 0),
    /** The one with most bandwidth, at every change. */
    BANDWIDTH("bandwidth", 1),
    /** The one with most links, at every change. */
    COUNT("count", 2);

    private final String text;
    private final int number;

    AdSelect(String text, int number) {
        this.text = text;
        this.number = number;
    }

    @Override
    public String text() {
        return text;
    }

    /** The value of IFLA_BOND_AD_SELECT (include/net/bond_3ad.h). */
    public int number() {
        return number;
    }
}
