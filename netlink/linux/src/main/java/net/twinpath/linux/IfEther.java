package net.twinpath.linux;

/** Constants of {@code linux/if_ether.h} and {@code linux/if.h}. */
public final class IfEther {
    public static final int ETH_P_ALL = 0x0003;
    public static final int ETH_P_8021Q = 0x8100;
    public static final int ETH_P_8021AD = 0x88A8;
    public static final int ETH_P_CFM = 0x8902;
    public static final int ETH_P_PRP = 0x88FB;

    /** Octets of a hardware address. */
    public static final int ETH_ALEN = 6;

    /** Octets of the Ethernet header: two addresses and the EtherType. */
    public static final int ETH_HLEN = 14;

    /** Octets of the shortest frame, without the FCS. */
    public static final int ETH_ZLEN = 60;

    private IfEther() {}
}
