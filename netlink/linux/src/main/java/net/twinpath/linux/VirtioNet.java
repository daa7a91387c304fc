package net.twinpath.linux;

/** Constants and the header of {@code linux/virtio_net.h}, with which a packet socket tells what offloads left to do. */
public final class VirtioNet {
    public static final int VIRTIO_NET_HDR_F_NEEDS_CSUM = 1;

    public static final int VIRTIO_NET_HDR_GSO_NONE = 0;
    public static final int VIRTIO_NET_HDR_GSO_TCPV4 = 1;
    public static final int VIRTIO_NET_HDR_GSO_TCPV6 = 4;
    public static final int VIRTIO_NET_HDR_GSO_UDP_L4 = 5;
    public static final int VIRTIO_NET_HDR_GSO_ECN = 0x80;

    /**
     * {@code struct virtio_net_hdr}, in this machine's byte order.
     *
     * <pre>
     *   0       1       2               4               6               8               10
     *  +-------+-------+---------------+---------------+---------------+---------------+
     *  | flags |gso_typ| hdr_len       | gso_size      | csum_start    | csum_offset   |
     *  +-------+-------+---------------+---------------+---------------+---------------+
     * </pre>
     */
    public static final int VIRTIO_NET_HDR_LENGTH = 10;

    public static final int FLAGS_OFFSET = 0;
    public static final int GSO_TYPE_OFFSET = 1;
    public static final int HDR_LEN_OFFSET = 2;
    public static final int GSO_SIZE_OFFSET = 4;
    public static final int CSUM_START_OFFSET = 6;
    public static final int CSUM_OFFSET_OFFSET = 8;

    private VirtioNet() {}
}
