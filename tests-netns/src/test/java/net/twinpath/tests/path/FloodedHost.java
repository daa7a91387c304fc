package net.twinpath.tests.path;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import net.twinpath.linux.IfPacket;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.MessageBatch;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One host with a daemon, whose links end at the test: it floods them with frames of its making, and is a good neighbour
 * besides, whose numbered datagrams are counted where the host's applications receive them.
 */
final class FloodedHost implements AutoCloseable {
    /** The host's own address on its links. */
    static final String OWN = "02000000aa00";

    /** The good neighbour's. */
    static final String NEIGHBOUR = "02000000bb00";

    private static final String ADDRESS = "10.77.0.1";
    private static final int PORT = 5006;
    private static final int RECEIVE_TIMEOUT_MS = 5_000;

    /** IPv4 without options, to {@link #ADDRESS} from 10.77.0.2, 46 octets in all; UDP without a checksum. */
    private static final String IP_AND_UDP = "4500002e00000000401100000a4d00020a4d0001" + "138e138e001a0000";

    private final TemporaryFolder folder = TemporaryFolder.create("flooded");
    private final Namespace test = Namespace.host("test");
    private final Namespace host = Namespace.host("host");
    private final Line[] lines = new Line[2];
    private final Twinpathd daemon;
    private final DatagramSocket receiver;
    private final DatagramPacket packet = new DatagramPacket(new byte[64], 64);
    private final BitSet received = new BitSet();
    private int duplicated;

    private FloodedHost(String keys) {
        for (Namespace silent : new Namespace[] {test, host}) {
            silent.run("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
        }
        link("lanA", "lan0", "02:00:00:00:aa:00");
        link("lanB", "lan1", "02:00:00:00:aa:01");
        daemon = Twinpathd.start(
                host,
                folder,
                "host",
                "[path.dup0]\naddress = \"" + ADDRESS + "/24\"\nlinks = [\"lan0\", \"lan1\"]\n" + keys);
        lines[0] = new Line(test, "lanA");
        lines[1] = new Line(test, "lanB");
        receiver = host.call(() -> new DatagramSocket(new InetSocketAddress(ADDRESS, PORT)));
    }

    /** @param keys further keys of the path, in TOML */
    static FloodedHost start(String keys) {
        return new FloodedHost(keys);
    }

    private void link(String testEnd, String hostEnd, String mac) {
        test.run(
                "ip",
                "link",
                "add",
                testEnd,
                "mtu",
                "1600",
                "type",
                "veth",
                "peer",
                "name",
                hostEnd,
                "address",
                mac,
                "mtu",
                "1500",
                "netns",
                host.name());
        test.run("ip", "link", "set", testEnd, "arp", "off", "up");
        host.up(hostEnd);
    }

    Twinpathd daemon() {
        return daemon;
    }

    /** Sends a frame on a link, 0 being LAN A, soon: with others, or at {@link #flush}. */
    void send(int lan, byte[] frame) {
        lines[lan].add(frame);
    }

    /** Sends all frames there are. */
    void flush() {
        lines[0].flush();
        lines[1].flush();
    }

    /** The good neighbour's datagram of this number as a frame without any mark. */
    static byte[] datagram(int number) {
        byte[] frame = HexFormat.of().parseHex(OWN + NEIGHBOUR + "0800" + IP_AND_UDP + "00".repeat(18));
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        int sum = 0;
        for (int i = 14; i < 34; i += 2) {
            sum += buffer.getShort(i) & 0xFFFF;
        }
        buffer.putShort(24, (short) ~(sum % 0xFFFF));
        buffer.putInt(42, number);
        return frame;
    }

    /** Waits until the applications have received a datagram; false when it does not come. */
    boolean awaitDatagram(int number) {
        while (!received.get(number)) {
            if (!receive(RECEIVE_TIMEOUT_MS)) {
                return false;
            }
        }
        return true;
    }

    /** Takes the datagrams there are, so that the applications' socket does not overflow. */
    void takeArrived() {
        boolean isMore;
        do {
            isMore = receive(1);
        } while (isMore);
    }

    private boolean receive(int timeoutMs) {
        try {
            packet.setLength(packet.getData().length);
            receiver.setSoTimeout(timeoutMs);
            receiver.receive(packet);
            count(ByteBuffer.wrap(packet.getData()).getInt());
            return true;
        } catch (SocketTimeoutException none) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a datagram has come; those the host had sent before one that was waited for have come, or are lost. */
    boolean hasReceived(int number) {
        return received.get(number);
    }

    private void count(int number) {
        if (received.get(number)) {
            duplicated++;
        }
        received.set(number);
    }

    /** Datagrams that came a second time. */
    int duplicated() {
        return duplicated;
    }

    /** Octets of memory the daemon has in use. */
    long residentOctets() {
        try {
            return Files.readAllLines(Path.of("/proc/" + daemon.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One link's far end, where many frames are sent with one call. */
    private static final class Line implements AutoCloseable {
        private static final int BATCH = 128;
        private static final int SPACING = 2048;

        private final LinuxSocket socket;
        private final MessageBatch batch = new MessageBatch(BATCH);
        private final UnsafeBuffer memory = NativeBuffers.allocate(BATCH * SPACING);

        Line(Namespace namespace, String interfaceName) {
            socket = namespace.call(() -> LinuxSocket.open(Socket.AF_PACKET, Socket.SOCK_RAW, 0));
            socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_IGNORE_OUTGOING, 1);
            socket.bind(SocketAddress.packet(interfaceName, namespace.interfaceIndex(interfaceName), 0));
        }

        void add(byte[] frame) {
            int place = batch.size() * SPACING;
            memory.putBytes(place, frame);
            batch.add(memory.addressOffset() + place, frame.length);
            if (batch.isFull()) {
                flush();
            }
        }

        void flush() {
            int from = 0;
            while (from < batch.size()) {
                int sent = batch.send(socket, from);
                if (sent <= 0) {
                    throw new IllegalStateException(
                            "a frame of " + batch.length(from) + " octets was not sent: " + sent);
                }
                from += sent;
            }
            batch.clear();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Override
    public void close() {
        receiver.close();
        lines[0].close();
        lines[1].close();
        daemon.close();
        host.close();
        test.close();
        folder.close();
    }
}
