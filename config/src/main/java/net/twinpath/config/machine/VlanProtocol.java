package net.twinpath.config.machine;

import net.twinpath.config.value.Keyword;

/** Which tag a VLAN interface puts on its frames. */
public enum VlanProtocol implements Keyword {
    /** The C-tag of IEEE 802.1Q. */
    CUSTOMER("802.1Q", 0x8100),
    /** The S-tag of IEEE 802.1ad, outside of other tags. */
    SERVICE("802.1ad", 0x88A8);

    private final String text;
    private final int etherType;

    VlanProtocol(String text, int etherType) {
        this.text = text;
        this.etherType = etherType;
    }

    @Override
    public String text() {
        return text;
    }

    /** The EtherType of the tag, the value of IFLA_VLAN_PROTOCOL in network byte order. */
    public int etherType() {
        return etherType;
    }
}
