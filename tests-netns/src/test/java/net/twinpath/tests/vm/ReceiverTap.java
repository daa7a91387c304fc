package net.twinpath.tests.vm;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import net.twinpath.linux.IfEther;
import net.twinpath.linux.IfPacket;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.traffic.StreamResult;
import org.agrona.DirectBuffer;

/**
 * What a host's kernel received of a voice stream, in its order: the copies on the links of its PRP device, and the
 * packets the device made of them. Used by one thread.
 *
 * <pre>
 *   0          14        34       42         46          202         204      206      208
 *  +----------+---------+--------+----------+-----------+-----------+--------+--------+
 *  | Ethernet | IPv4    | UDP    | number   | payload   | sequence  | A0C2 / | 88FB   |
 *  |          |         |        |          |           | number    | B0C2   |        |
 *  +----------+---------+--------+----------+-----------+-----------+--------+--------+
 *                                                        RCT (IEC 62439-3), not in what the device passes on
 * </pre>
 */
final class ReceiverTap implements AutoCloseable {
    private static final int RING_FRAMES = 1 << 14;
    private static final int LARGEST_FRAME_OCTETS = 1600;
    private static final int TYPE_OFFSET = 12;
    private static final int PROTOCOL_OFFSET = 23;
    private static final int PORT_OFFSET = 36;
    private static final int NUMBER_OFFSET = 42;
    private static final int TRAILER_OFFSET = 202;
    private static final int TRAILER_OCTETS = 6;
    private static final short UDP_IPV4 = 0x0800;
    private static final byte UDP = 17;
    private static final short VOICE_PORT = 5004;
    private static final int LAN_A_SIZE_SUFFIX = 0xA0C2_88FB;
    private static final int LAN_B_SIZE_SUFFIX = 0xB0C2_88FB;

    private final LinuxSocket socket;
    private final PacketRing ring;

    private ReceiverTap(LinuxSocket socket) {
        this.socket = socket;
        ring = new PacketRing(socket, RING_FRAMES, LARGEST_FRAME_OCTETS);
        socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_IGNORE_OUTGOING, 1);
        socket.bind(SocketAddress.packet("every interface", 0, IfEther.ETH_P_ALL));
    }

    /** Listens at every interface of a host. */
    static ReceiverTap open(Namespace host) {
        return new ReceiverTap(host.call(() -> LinuxSocket.open(Socket.AF_PACKET, Socket.SOCK_RAW, 0)));
    }

    /**
     * Numbers of the packets of a voice stream.
     *
     * @param onLanA    received with a trailer of LAN A
     * @param onLanB    received with a trailer of LAN B
     * @param repeated  received more than once on the same LAN
     * @param overtaken whose first copy was received after a copy of a higher number
     * @param passed    passed on by the PRP device
     */
    record Account(BitSet onLanA, BitSet onLanB, BitSet repeated, BitSet overtaken, BitSet passed) {
        BitSet onEither() {
            BitSet either = (BitSet) onLanA.clone();
            either.or(onLanB);
            return either;
        }

        /** Asserts that every packet came in on a link, and none twice on one; what the device made of them is its own. */
        void assertAllCameIn(int packets) {
            assertThat(onEither().cardinality())
                    .as("packets that came in at the kernel's links")
                    .isEqualTo(packets);
            assertThat(repeated.cardinality())
                    .as("packets that came in twice on one LAN")
                    .isZero();
        }

        /**
         * The account in words.
         *
         * @param result what the listener behind the device says
         */
        String text(StreamResult result) {
            return "%d sent; on LAN A %d, on LAN B %d, on either %d, overtaken %d; passed on %d, twice %d"
                    .formatted(
                            result.sent(),
                            onLanA.cardinality(),
                            onLanB.cardinality(),
                            onEither().cardinality(),
                            overtaken.cardinality(),
                            passed.cardinality(),
                            result.duplicated());
        }
    }

    /**
     * What was received so far.
     *
     * @throws IllegalStateException when a voice frame has a wrong trailer, or the ring was full
     */
    Account account() {
        Account account = new Account(new BitSet(), new BitSet(), new BitSet(), new BitSet(), new BitSet());
        while (ring.next()) {
            if (isVoice(ring.buffer(), ring.frameOffset())) {
                add(account, ring.buffer(), ring.frameOffset(), ring.frameLength());
            }
            ring.release();
        }
        if (ring.ringFullDrops() > 0) {
            throw new IllegalStateException("more frames arrived than the ring holds");
        }
        return account;
    }

    private static boolean isVoice(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset + TYPE_OFFSET, BIG_ENDIAN) == UDP_IPV4
                && buffer.getByte(offset + PROTOCOL_OFFSET) == UDP
                && buffer.getShort(offset + PORT_OFFSET, BIG_ENDIAN) == VOICE_PORT;
    }

    private static void add(Account account, DirectBuffer buffer, int offset, int length) {
        int number = buffer.getInt(offset + NUMBER_OFFSET, BIG_ENDIAN);
        if (length == TRAILER_OFFSET) {
            account.passed().set(number);
            return;
        }
        int trailer = length == TRAILER_OFFSET + TRAILER_OCTETS ? buffer.getInt(offset + length - 4, BIG_ENDIAN) : 0;
        BitSet either = account.onEither();
        if (!either.get(number) && either.length() > number) {
            account.overtaken().set(number);
        }
        BitSet lan = lan(account, trailer, number);
        if (lan.get(number)) {
            account.repeated().set(number);
        }
        lan.set(number);
    }

    private static BitSet lan(Account account, int trailer, int number) {
        return switch (trailer) {
            case LAN_A_SIZE_SUFFIX -> account.onLanA();
            case LAN_B_SIZE_SUFFIX -> account.onLanB();
            default ->
                throw new IllegalStateException("voice packet %d has the trailer %08x".formatted(number, trailer));
        };
    }

    @Override
    public void close() {
        ring.close();
        socket.close();
    }
}
