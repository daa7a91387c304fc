package net.twinpath.duppath;

import java.nio.ByteOrder;
import net.twinpath.duppath.frame.ContinuityCheck;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyControlTrailer;
import net.twinpath.duppath.frame.RedundancyTag;
import net.twinpath.duppath.frame.Segmentation;
import net.twinpath.duppath.frame.SupervisionFrame;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.IfEther;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.VirtioNet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What ports bring in use, made up: copies on every link, by turns on one of them first, some lost, some late; frames for
 * everybody, for nobody here and with tags of their own, with open checksums, and TCP segments in a row, merged on the
 * inside port; nodes that announce themselves, one after another, whose numbers go on by many now and then, and one on a
 * single link. A branch that is never taken is left out of compiled code, and the
 * first real frame that takes it would have it thrown away. So would memory of another kind than the rings'.
 */
final class MadeUpFrames {
    private static final int IPV4 = 0x0800;
    private static final int PACKET_BYTES = 96;
    private static final int IPV4_HEADER_BYTES = 20;
    private static final int TCP_HEADER_BYTES = 20;
    private static final int UDP_CHECKSUM_OFFSET = 6;

    /** Of payload in each: many, merged, fit in a slot. */
    private static final int SEGMENT_BYTES = 8;

    private static final int SEGMENT_FRAME_BYTES =
            IfEther.ETH_HLEN + IPV4_HEADER_BYTES + TCP_HEADER_BYTES + SEGMENT_BYTES;

    private static final int FRAME_OFFSET = 32;
    private static final int MEMORY_BYTES = 2048;

    private static final long FAR_NODE = 0x02_00_5E_00_00_01L;
    private static final long SINGLE_NODE = 0x02_00_5E_FF_00_00L;

    /** Heard nowhere. */
    private static final long UNKNOWN_NODE = 0x02_00_5E_FF_00_01L;

    /** Behind our own inside port, the first. */
    private static final long DEVICE = 0x02_00_5E_FF_01_00L;

    private static final long EVERYBODY = 0xFF_FF_FF_FF_FF_FFL;

    /** LLDP's, which no bridge passes on. */
    private static final long LINK_LOCAL = 0x01_80_C2_00_00_0EL;

    private static final int USERS_VLAN = 5;
    private static final long CONTINUITY_INTERVAL_NS = 1_000_000_000;
    private static final int NUMBER_MASK = 0xFFFF;

    /** Late copies come so many numbers after their own, in the place of another. */
    private static final int LATE = 16;

    private static final int ROUNDS_PER_NODE = 32;

    /** And devices; the first comes back behind the last, as one that was silent. */
    private static final int NODES = 32;

    private static final int MISSING = 100;
    private static final int MISSING_LONG = 3_000;

    private static final long LEAD_NS = 1_000;

    /** As of a frame that comes while others are taken. */
    private static final long AHEAD_NS = 2_000_000;

    private final DupPathSettings settings;
    private final UnsafeBuffer memory = NativeBuffers.allocate(MEMORY_BYTES);
    private final Frame frame = new Frame();
    private final Segmentation segmentation =
            new Segmentation(NativeBuffers.allocate(Segmentation.bytes(SEGMENT_FRAME_BYTES)), SEGMENT_FRAME_BYTES);
    private int number;
    private int round;
    private int tcpSequence;

    MadeUpFrames(DupPathSettings settings) {
        this.settings = settings;
    }

    /** Puts frames of the inside port's devices into its ring. */
    void fromInside(Port inside, int count, long nowNs) {
        PacketRing ring = inside.ring();
        if (isOfTcp()) {
            merged(FAR_NODE, settings.ownAddress(), count);
            ring.put(0, memory, frame.offset(), frame.length(), 0, nowNs);
            ring.leaveToDo(0, VirtioNet.VIRTIO_NET_HDR_GSO_TCPV4, SEGMENT_BYTES, -1, 0);
            return;
        }
        for (int i = 0; i < count; i++) {
            int at = number + i;
            packet(insideDestination(at), at % 16 == 1 ? device() : settings.ownAddress());
            ring.put(i, memory, frame.offset(), frame.length(), usersVlan(at), nowNs);
            if (at % 16 == 3) {
                int udp = IfEther.ETH_HLEN + IPV4_HEADER_BYTES;
                ring.leaveToDo(i, VirtioNet.VIRTIO_NET_HDR_GSO_NONE, 0, udp, UDP_CHECKSUM_OFFSET);
            }
        }
    }

    /** Some of the rounds in which much comes at once. */
    private boolean isOfTcp() {
        return round % 16 == 1 || round % 8 == 5;
    }

    private long insideDestination(int at) {
        return switch (at % 16) {
            case 5 -> EVERYBODY;
            case 9 -> LINK_LOCAL;
            case 13 -> settings.ownAddress();
            default -> FAR_NODE;
        };
    }

    private static int usersVlan(int at) {
        return at % 32 == 14 ? USERS_VLAN : 0;
    }

    /** Puts the copies that a link brings into its ring; to be called for every link, then {@link #goOn}. */
    void fromLink(Port link, int count, long nowNs) {
        boolean isAhead = round / 8 % 2 == link.place() % 2;
        long stampNs = nowNs + (isAhead ? 0 : LEAD_NS) + (round % 64 == 63 ? AHEAD_NS : 0);
        int waiting = 0;
        if (isOfTcp()) {
            merged(settings.ownAddress(), farNode(), count);
            segmentation.begin(frame, VirtioNet.VIRTIO_NET_HDR_GSO_TCPV4, SEGMENT_BYTES, -1);
        }
        for (int i = 0; i < count; i++) {
            int carried = carried(link.place(), number + i);
            if (isOfTcp()) {
                segmentation.next(frame);
            } else {
                packet(linkDestination(carried), farNode());
            }
            if (carried >= 0) {
                put(link, waiting++, carried, stampNs);
            }
        }
        if (round % 8 == 0) {
            hello(link, waiting, count, stampNs);
        } else if (round % 8 == 2 && link.place() == 0) {
            packet(settings.ownAddress(), SINGLE_NODE);
            putUnmarked(link, waiting, stampNs);
        } else if (round % 8 == 4) {
            packet(SINGLE_NODE, farNode());
            put(link, waiting, number + count, stampNs);
        } else if (round % 8 == 6) {
            packet(settings.ownAddress(), farNode());
            put(link, waiting, number, stampNs);
            packet(farNode(), device());
            put(link, waiting + 1, number, stampNs);
        }
    }

    private long farNode() {
        return FAR_NODE + round / ROUNDS_PER_NODE % NODES;
    }

    private long device() {
        return DEVICE + round / ROUNDS_PER_NODE % NODES;
    }

    private long linkDestination(int at) {
        return switch (at % 16) {
            case 5 -> EVERYBODY;
            case 14 -> UNKNOWN_NODE;
            default -> settings.ownAddress();
        };
    }

    /** The number that comes where another would; -1 when that one is lost. */
    private static int carried(int place, int at) {
        return switch (at % 32) {
            case 3 -> -1;
            case 11 -> place == 0 ? at : -1;
            case 19, 27 -> place == 0 ? at : at - LATE;
            case 21 -> -1;
            default -> at;
        };
    }

    private void hello(Port link, int waiting, int count, long stampNs) {
        if (settings.format() instanceof FormatSettings.Prp prp) {
            begin(SupervisionFrame.LENGTH);
            boolean byRedBox = round % 16 == 0;
            SupervisionFrame.write(
                    frame, prp.supervisionAddressByte(), farNode(), farNode(), byRedBox, round / 8 & NUMBER_MASK);
            put(link, waiting, number + count, stampNs);
        } else {
            begin(ContinuityCheck.LENGTH);
            ContinuityCheck.write(frame, farNode(), 1, CONTINUITY_INTERVAL_NS, false, round);
            putUnmarked(link, waiting, stampNs);
        }
    }

    /** An IPv4 packet of UDP, as most classifiers look deepest into. */
    private void packet(long destination, long source) {
        int udp = ipv4(destination, source, PACKET_BYTES, 17);
        memory.putInt(udp, 0);
        memory.putInt(udp + 4, (PACKET_BYTES - IPV4_HEADER_BYTES) << Short.SIZE, ByteOrder.BIG_ENDIAN);
    }

    /** TCP segments of a flow that goes on, as an offload merges them to one frame. */
    private void merged(long destination, long source, int segments) {
        int tcp = ipv4(destination, source, IPV4_HEADER_BYTES + TCP_HEADER_BYTES + segments * SEGMENT_BYTES, 6);
        memory.putInt(tcp, 0);
        memory.putInt(tcp + 4, tcpSequence, ByteOrder.BIG_ENDIAN);
        memory.putInt(tcp + 8, 0);
        memory.putInt(tcp + 12, 0x5010_FFFF, ByteOrder.BIG_ENDIAN); // 20 octets of header, ACK, window
        memory.putInt(tcp + 16, 0);
    }

    /** Begins a frame with its first two headers, and returns where the third one is to stand. */
    private int ipv4(long destination, long source, int packetBytes, int protocol) {
        begin(IfEther.ETH_HLEN + packetBytes);
        memory.putLong(FRAME_OFFSET, destination << Short.SIZE | source >>> Integer.SIZE, ByteOrder.BIG_ENDIAN);
        memory.putInt(FRAME_OFFSET + Long.BYTES, (int) source, ByteOrder.BIG_ENDIAN);
        int packet = FRAME_OFFSET + IfEther.ETH_HLEN;
        memory.putShort(packet - Short.BYTES, (short) IPV4, ByteOrder.BIG_ENDIAN);
        memory.putInt(packet, 0x4500_0000 | packetBytes, ByteOrder.BIG_ENDIAN);
        memory.putInt(packet + 4, 0);
        memory.putInt(packet + 8, 0x4000_0000 | protocol << Short.SIZE, ByteOrder.BIG_ENDIAN); // time to live 64
        return packet + IPV4_HEADER_BYTES;
    }

    private void begin(int length) {
        frame.wrap(memory, FRAME_OFFSET, length, memory.capacity() - FRAME_OFFSET);
    }

    private void put(Port link, int waiting, int at, long stampNs) {
        int sequenceNumber = at & NUMBER_MASK;
        if (settings.format() instanceof FormatSettings.Prp) {
            RedundancyControlTrailer.append(frame, sequenceNumber);
            RedundancyControlTrailer.readdress(
                    frame.buffer(),
                    RedundancyControlTrailer.lanIdOffset(frame),
                    RedundancyControlTrailer.LAN_A + link.place());
        } else {
            RedundancyTag.insert(frame, RedundancyTag.positionBehindTag(frame), sequenceNumber);
        }
        putUnmarked(link, waiting, stampNs);
    }

    private void putUnmarked(Port link, int waiting, long stampNs) {
        link.ring()
                .put(
                        waiting,
                        frame.buffer(),
                        frame.offset(),
                        frame.length(),
                        link.settings().vlan(),
                        stampNs);
    }

    /** Goes on behind what the last round used of the numbers, and leaves some out where many are lost. */
    void goOn(int count) {
        int lost = round % 16 == 8 ? MISSING : round % 64 == 50 ? MISSING_LONG : 0;
        number = number + count + 1 + lost & Integer.MAX_VALUE;
        tcpSequence += count * SEGMENT_BYTES;
        round = round + 1 & Integer.MAX_VALUE;
    }
}
