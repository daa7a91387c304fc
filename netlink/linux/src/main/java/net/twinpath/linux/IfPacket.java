package net.twinpath.linux;

/** Constants and structure layouts of {@code linux/if_packet.h}. */
public final class IfPacket {
    public static final int SOL_PACKET = 263;

    public static final int PACKET_ADD_MEMBERSHIP = 1;
    public static final int PACKET_RX_RING = 5;
    public static final int PACKET_STATISTICS = 6;
    public static final int PACKET_COPY_THRESH = 7;
    public static final int PACKET_VERSION = 10;
    public static final int PACKET_RESERVE = 12;
    public static final int PACKET_VNET_HDR = 15;
    public static final int PACKET_QDISC_BYPASS = 20;
    public static final int PACKET_IGNORE_OUTGOING = 23;

    public static final int PACKET_MR_PROMISC = 1;

    public static final int TPACKET_V2 = 1;

    public static final int TP_STATUS_KERNEL = 0;
    public static final int TP_STATUS_USER = 1 << 0;
    public static final int TP_STATUS_COPY = 1 << 1;
    public static final int TP_STATUS_LOSING = 1 << 2;
    public static final int TP_STATUS_CSUMNOTREADY = 1 << 3;
    public static final int TP_STATUS_VLAN_VALID = 1 << 4;
    public static final int TP_STATUS_VLAN_TPID_VALID = 1 << 6;

    /** {@code struct sockaddr_ll}: u16 family, be16 protocol, s32 ifindex, u16 hatype, u8 pkttype, u8 halen, u8[8]. */
    static final int SOCKADDR_LL_LENGTH = 20;

    static final int SLL_PROTOCOL_OFFSET = 2;
    static final int SLL_IFINDEX_OFFSET = 4;

    /** {@code struct tpacket_req}: u32 block_size, block_nr, frame_size, frame_nr. */
    static final int TPACKET_REQ_LENGTH = 16;

    /** {@code struct packet_mreq}: s32 ifindex, u16 type, u16 alen, u8[8] address. */
    static final int PACKET_MREQ_LENGTH = 16;

    /**
     * {@code struct tpacket2_hdr}, at the start of every slot; {@code struct sockaddr_ll} follows it.
     *
     * <pre>
     *   0               4               8              12       14      16
     *  +---------------+---------------+---------------+-------+-------+
     *  | tp_status     | tp_len        | tp_snaplen    |tp_mac |tp_net |
     *  +---------------+---------------+-------+-------+-------+-------+
     *  | tp_sec        | tp_nsec       |vlantci|vl_tpid| padding       |
     *  +---------------+---------------+-------+-------+---------------+
     * </pre>
     */
    static final int TPACKET2_HDR_LENGTH = 32;

    static final int TP_STATUS_OFFSET = 0;
    static final int TP_LEN_OFFSET = 4;
    static final int TP_SNAPLEN_OFFSET = 8;
    static final int TP_MAC_OFFSET = 12;
    static final int TP_SEC_OFFSET = 16;
    static final int TP_NSEC_OFFSET = 20;
    static final int TP_VLAN_TCI_OFFSET = 24;
    static final int TP_VLAN_TPID_OFFSET = 26;

    private IfPacket() {}
}
