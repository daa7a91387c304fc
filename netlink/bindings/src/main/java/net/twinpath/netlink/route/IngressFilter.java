package net.twinpath.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Netlink;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.NetlinkRequest;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.Operation;
import net.twinpath.netlink.family.tc.BpfAttrs;
import net.twinpath.netlink.family.tc.DelqdiscRequest;
import net.twinpath.netlink.family.tc.DeltfilterRequest;
import net.twinpath.netlink.family.tc.GettfilterDumpRequest;
import net.twinpath.netlink.family.tc.GettfilterReply;
import net.twinpath.netlink.family.tc.NewqdiscRequest;
import net.twinpath.netlink.family.tc.NewtfilterRequest;
import net.twinpath.netlink.family.tc.Tc;
import net.twinpath.netlink.family.tc.Tcmsg;

/**
 * Keeps an interface's frames from the kernel's own stack: a filter at the ingress of a {@code clsact} qdisc that drops
 * all. Packet sockets see every frame nevertheless, since the kernel serves them first
 * ({@code __netif_receive_skb_core} in {@code net/core/dev.c}).
 *
 * <p>The same by hand: {@code tc qdisc add dev PORT clsact; tc filter add dev PORT ingress prio 1 handle 0x7470 protocol
 * all bpf da bytecode '1,6 0 0 2'}.
 */
public final class IngressFilter {
    /** Before all others that are there. */
    static final int PRIORITY = 1;

    /** Ours is known by this number ("tp"), also to a later run of the program. */
    static final int HANDLE = 0x7470;

    private static final String CLSACT = "clsact";
    private static final String BPF = "bpf";
    private static final long CLSACT_HANDLE = 0xFFFF_0000L;
    private static final long INGRESS = CLSACT_HANDLE | Tc.TC_H_MIN_INGRESS;
    private static final long EGRESS = CLSACT_HANDLE | Tc.TC_H_MIN_EGRESS;
    private static final int BPF_RET_K = 0x06;

    private final NetlinkSocket socket;

    /** Works over a socket of {@code NETLINK_ROUTE} that has joined no group. */
    public IngressFilter(NetlinkSocket socket) {
        this.socket = socket;
    }

    /** What {@link #install} found and did. */
    public enum Installation {
        /** Qdisc and filter are new. */
        QDISC_AND_FILTER,
        /** Somebody else's qdisc was there and got the filter. */
        FILTER_ONLY,
        /** The filter was there already, left by an earlier run. */
        ALREADY_THERE
    }

    /** Drops everything the kernel's stack would receive from the interface. */
    public Installation install(Link link) {
        boolean newQdisc = created(new Operation("add clsact qdisc to", link.name()), qdiscRequest(link));
        try {
            boolean newFilter = created(new Operation("add ingress filter to", link.name()), filterRequest(link));
            if (!newFilter) {
                return Installation.ALREADY_THERE;
            }
            return newQdisc ? Installation.QDISC_AND_FILTER : Installation.FILTER_ONLY;
        } catch (NetlinkException e) {
            if (newQdisc) {
                deleteQdisc(link);
            }
            throw e;
        }
    }

    /** True when the filter is on the interface, also from an earlier run. */
    public boolean isInstalled(Link link) {
        return filters(link, INGRESS).stream().anyMatch(IngressFilter::isOurs);
    }

    /**
     * Takes the filter away, and the qdisc when it came with the filter and nobody else has put a filter there since.
     *
     * @param installation what {@link #install} returned
     */
    public void remove(Link link, Installation installation) {
        DeltfilterRequest request =
                new DeltfilterRequest().tcmsg(filterHeader(link)).kind(BPF);
        socket.request(new Operation("delete ingress filter of", link.name()), request, 0);
        if (installation == Installation.QDISC_AND_FILTER
                && filters(link, INGRESS).isEmpty()
                && filters(link, EGRESS).isEmpty()) {
            deleteQdisc(link);
        }
    }

    static NetlinkRequest qdiscRequest(Link link) {
        return new NewqdiscRequest().tcmsg(qdiscHeader(link)).kind(CLSACT);
    }

    static NetlinkRequest filterRequest(Link link) {
        return new NewtfilterRequest()
                .tcmsg(filterHeader(link))
                .kind(BPF)
                .optionsBpf(BpfAttrs.builder()
                        .opsLen(1)
                        .ops(dropAll())
                        .flags(Tc.TCA_BPF_FLAG_ACT_DIRECT)
                        .build());
    }

    /** {@code struct sock_filter}: u16 code, u8 jt, u8 jf, u32 k (linux/filter.h). */
    private static byte[] dropAll() {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putShort((short) BPF_RET_K)
                .put((byte) 0)
                .put((byte) 0)
                .putInt(Tc.TC_ACT_SHOT)
                .array();
    }

    /** False when it was there already. */
    private boolean created(Operation operation, NetlinkRequest request) {
        try {
            socket.request(operation, request, Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL);
            return true;
        } catch (NetlinkException e) {
            if (e.is(Errno.EEXIST)) {
                return false;
            }
            throw e;
        }
    }

    private void deleteQdisc(Link link) {
        DelqdiscRequest request = new DelqdiscRequest().tcmsg(qdiscHeader(link)).kind(CLSACT);
        socket.request(new Operation("delete clsact qdisc of", link.name()), request, 0);
    }

    /** A priority without a filter also comes as a message, with handle 0. */
    private List<GettfilterReply> filters(Link link, long parent) {
        GettfilterDumpRequest request = new GettfilterDumpRequest()
                .tcmsg(Tcmsg.ZERO.withIfindex(link.index()).withParent(parent));
        return socket.dump(new Operation("list filters of", link.name()), request).stream()
                .map(GettfilterReply::decode)
                .toList();
    }

    private static boolean isOurs(GettfilterReply filter) {
        return BPF.equals(filter.kind())
                && filter.tcmsg().handle() == HANDLE
                && filter.tcmsg().info() >>> 16 == PRIORITY;
    }

    private static Tcmsg qdiscHeader(Link link) {
        return Tcmsg.ZERO.withIfindex(link.index()).withParent(Tc.TC_H_CLSACT).withHandle(CLSACT_HANDLE);
    }

    private static Tcmsg filterHeader(Link link) {
        return Tcmsg.ZERO
                .withIfindex(link.index())
                .withParent(INGRESS)
                .withHandle(HANDLE)
                .withInfo((long) PRIORITY << 16 | networkOrder(Tc.ETH_P_ALL));
    }

    private static int networkOrder(int etherType) {
        ByteBuffer octets = ByteBuffer.allocate(Short.BYTES).putShort(0, (short) etherType);
        return Short.toUnsignedInt(octets.order(ByteOrder.nativeOrder()).getShort(0));
    }
}
