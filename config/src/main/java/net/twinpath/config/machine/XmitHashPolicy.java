package net.twinpath.config.machine;

import net.twinpath.config.value.Keyword;

/** What of a frame decides the member it leaves on. */
public enum XmitHashPolicy implements Keyword {
    /** MAC addresses and EtherType. */
    LAYER2("layer2", 0),
    /** IP addresses and ports. */
    LAYER3_4("layer3+4", 1),
    /** MAC and IP addresses. */
    LAYER2_3("layer2+3", 2),
    /** As layer2+3, of what a tunnel carries. */
    ENCAP2_3("encap2+3", 3),
    /** As layer3+4, of what a tunnel carries. */
    ENCAP3_4("encap3+4", 4),
    /** VLAN and source MAC address. */
    VLAN_SRCMAC("vlan+srcmac", 5);

    private final String text;
    private final int number;

    XmitHashPolicy(String text, int number) {
        this.text = text;
        this.number = number;
    }

    @Override
    public String text() {
        return text;
    }

    /** BOND_XMIT_POLICY_* of include/uapi/linux/if_bonding.h, the value of IFLA_BOND_XMIT_HASH_POLICY. */
    public int number() {
        return number;
    }
}
