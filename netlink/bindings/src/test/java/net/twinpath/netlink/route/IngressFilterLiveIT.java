package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.Netlink;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import net.twinpath.netlink.NetlinkSocket;
import net.twinpath.netlink.ThrowawayNamespace;
import net.twinpath.netlink.route.IngressFilter.Installation;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The ingress filter between two namespaces: what the stack and what a packet socket receive.
 *
 * <pre>
 *  +-- near ---------+       +-- far ----------+
 *  | v0 192.0.2.1/24 |-------| v1 192.0.2.2/24 |  the filter is on v1
 *  +-----------------+       +-----------------+
 * </pre>
 */
@Timeout(60)
class IngressFilterLiveIT {
    private static final InetAddress FAR = address(2);
    private static final int PORT = 4711;
    private static final int ETH_P_ALL = 3;

    /** How long a datagram that is dropped is waited for; one that is not dropped takes microseconds. */
    private static final int DROPPED_AFTER_MS = 300;

    private final List<ThrowawayNamespace> namespaces = new ArrayList<>();
    private ThrowawayNamespace near;
    private ThrowawayNamespace far;

    @BeforeEach
    void makeNamespaces() throws Exception {
        near = ThrowawayNamespace.create();
        namespaces.add(near);
        far = ThrowawayNamespace.create();
        namespaces.add(far);
        near.ip("link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", far.name());
        near.ip("address", "add", "192.0.2.1/24", "dev", "v0");
        far.ip("address", "add", "192.0.2.2/24", "dev", "v1");
        near.ip("link", "set", "v0", "up");
        far.ip("link", "set", "v1", "up");
    }

    @AfterEach
    void deleteNamespaces() {
        for (ThrowawayNamespace namespace : namespaces) {
            namespace.close();
        }
    }

    @Test
    void theStackReceivesNothingWhileAPacketSocketSeesAll() throws Exception {
        assertThat(arrives()).as("before").isTrue();

        withFilter((filter, port) -> assertThat(filter.install(port)).isEqualTo(Installation.QDISC_AND_FILTER));
        near.ip("neighbour", "flush", "dev", "v0");
        assertThat(seenByPacketSocket()).isTrue();
        assertThat(arrives()).as("with the filter").isFalse();
        assertThat(near.ip("neighbour", "show", FAR.getHostAddress()))
                .as("an ARP request gets no answer")
                .doesNotContain("REACHABLE");

        withFilter((filter, port) -> {
            assertThat(filter.isInstalled(port)).isTrue();
            filter.remove(port, Installation.QDISC_AND_FILTER);
            assertThat(filter.isInstalled(port)).isFalse();
        });
        near.ip("neighbour", "flush", "dev", "v0");
        assertThat(arrives()).as("after").isTrue();
        assertThat(far.tc("qdisc", "show", "dev", "v1")).doesNotContain("clsact");
    }

    @Test
    void somebodyElsesQdiscAndFiltersStay() throws Exception {
        far.tc("qdisc", "add", "dev", "v1", "clsact");
        far.tc("filter", "add", "dev", "v1", "ingress", "prio", "9", "bpf", "da", "bytecode", "1,6 0 0 0");
        withFilter((filter, port) -> {
            Installation installation = filter.install(port);
            assertThat(installation).isEqualTo(Installation.FILTER_ONLY);
            assertThat(far.tc("filter", "show", "dev", "v1", "ingress")).contains("pref 1 bpf", "0x7470");
            filter.remove(port, installation);
        });
        assertThat(far.tc("qdisc", "show", "dev", "v1")).contains("clsact");
        assertThat(far.tc("filter", "show", "dev", "v1", "ingress"))
                .contains("pref 9")
                .doesNotContain("0x7470");
    }

    @Test
    void ourQdiscStaysWhenSomebodyPutAFilterThere() throws Exception {
        withFilter((filter, port) -> {
            Installation installation = filter.install(port);
            far.tc("filter", "add", "dev", "v1", "egress", "prio", "9", "bpf", "da", "bytecode", "1,6 0 0 0");
            filter.remove(port, installation);
        });
        assertThat(far.tc("filter", "show", "dev", "v1", "egress")).contains("pref 9");
    }

    @Test
    void aFilterOfAnEarlierRunIsRecognised() throws Exception {
        withFilter((filter, port) -> filter.install(port));
        withFilter((filter, port) -> assertThat(filter.install(port)).isEqualTo(Installation.ALREADY_THERE));
        assertThat(far.tc("filter", "show", "dev", "v1", "ingress").lines().filter(line -> line.contains("0x7470")))
                .hasSize(1);
    }

    private void withFilter(FilterBody body) throws Exception {
        far.run(() -> {
            try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
                body.run(new IngressFilter(socket), new Links(socket).find("v1").orElseThrow());
            }
        });
    }

    /** True when a datagram sent by near reaches a socket of far. */
    private boolean arrives() throws Exception {
        return far.call(() -> {
            try (DatagramSocket receiver = new DatagramSocket(new InetSocketAddress(FAR, PORT))) {
                receiver.setSoTimeout(DROPPED_AFTER_MS);
                send();
                receiver.receive(new DatagramPacket(new byte[16], 16));
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        });
    }

    private void send() throws Exception {
        near.run(() -> {
            try (DatagramSocket sender = new DatagramSocket()) {
                sender.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, FAR, PORT));
            }
        });
    }

    private boolean seenByPacketSocket() throws Exception {
        return far.call(() -> {
            int index;
            try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE)) {
                index = new Links(socket).find("v1").orElseThrow().index();
            }
            try (LinuxSocket tap = LinuxSocket.open(Socket.AF_PACKET, Socket.SOCK_RAW | Socket.SOCK_NONBLOCK, 0)) {
                tap.bind(SocketAddress.packet("v1", index, ETH_P_ALL));
                send();
                return receivesArpRequest(tap);
            }
        });
    }

    private static boolean receivesArpRequest(LinuxSocket tap) {
        UnsafeBuffer frame = NativeBuffers.allocate(2048);
        long deadlineNs = System.nanoTime() + 5_000_000_000L;
        while (System.nanoTime() < deadlineNs) {
            int length = tap.receive(frame, 0);
            if (length >= 42 && frame.getShort(12, ByteOrder.BIG_ENDIAN) == 0x0806) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private static InetAddress address(int host) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) host});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface FilterBody {
        void run(IngressFilter filter, Link port) throws Exception;
    }
}
