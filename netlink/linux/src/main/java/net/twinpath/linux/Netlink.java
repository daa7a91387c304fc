package net.twinpath.linux;

/** Constants and structure layouts of {@code linux/netlink.h}. */
public final class Netlink {
    public static final int NETLINK_ROUTE = 0;
    public static final int NETLINK_GENERIC = 16;

    public static final int SOL_NETLINK = 270;
    public static final int NETLINK_ADD_MEMBERSHIP = 1;
    public static final int NETLINK_CAP_ACK = 10;
    public static final int NETLINK_EXT_ACK = 11;
    public static final int NETLINK_GET_STRICT_CHK = 12;

    public static final int NLMSG_NOOP = 1;
    public static final int NLMSG_ERROR = 2;
    public static final int NLMSG_DONE = 3;

    public static final int NLM_F_REQUEST = 0x01;
    public static final int NLM_F_MULTI = 0x02;
    public static final int NLM_F_ACK = 0x04;
    public static final int NLM_F_DUMP_INTR = 0x10;
    public static final int NLM_F_DUMP = 0x300;
    public static final int NLM_F_EXCL = 0x200;
    public static final int NLM_F_CREATE = 0x400;
    public static final int NLM_F_CAPPED = 0x100;
    public static final int NLM_F_ACK_TLVS = 0x200;

    public static final int NLMSGERR_ATTR_MSG = 1;
    public static final int NLMSGERR_ATTR_OFFS = 2;
    public static final int NLMSGERR_ATTR_MISS_TYPE = 5;

    public static final int NLA_F_NESTED = 0x8000;
    public static final int NLA_F_NET_BYTEORDER = 0x4000;
    public static final int NLA_TYPE_MASK = ~(NLA_F_NESTED | NLA_F_NET_BYTEORDER);

    /** Messages and attributes begin at multiples of this many octets. */
    public static final int NLMSG_ALIGNTO = 4;

    /**
     * {@code struct nlmsghdr}.
     *
     * <pre>
     *   0               4       6       8               12              16
     *  +---------------+-------+-------+---------------+---------------+
     *  | nlmsg_len     | type  | flags | nlmsg_seq     | nlmsg_pid     |
     *  +---------------+-------+-------+---------------+---------------+
     * </pre>
     */
    public static final int NLMSGHDR_LENGTH = 16;

    public static final int NLMSG_TYPE_OFFSET = 4;
    public static final int NLMSG_FLAGS_OFFSET = 6;
    public static final int NLMSG_SEQ_OFFSET = 8;
    public static final int NLMSG_PID_OFFSET = 12;

    /** {@code struct nlattr}: u16 length (of header and payload, not of the padding after it), u16 type. */
    public static final int NLATTR_LENGTH = 4;

    private Netlink() {}
}
