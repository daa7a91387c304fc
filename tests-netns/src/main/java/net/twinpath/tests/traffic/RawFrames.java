package net.twinpath.tests.traffic;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.linux.IfEther;
import net.twinpath.linux.IfPacket;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import net.twinpath.linux.VirtioNet;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames sent and received octet by octet at an interface, without FCS; used by one thread. */
public final class RawFrames implements AutoCloseable {
    private static final int RING_FRAMES = 4096;
    private static final int LARGEST_FRAME_OCTETS = 9050;
    private static final int VLAN_TAG_OCTETS = 4;
    private static final int VLAN_TAG_OFFSET = 12;

    private static final int VIRTIO_NET_HDR_OCTETS = 10;
    private static final int TCP_OFFSET = 34;
    private static final int TCP_HEADER_OCTETS = 20;
    private static final int TCP_CHECKSUM_OFFSET = 16;

    private final LinuxSocket socket;
    private final LinuxSocket merging;
    private final PacketRing ring;
    private final UnsafeBuffer sendBuffer = NativeBuffers.allocate(LARGEST_FRAME_OCTETS);
    private final List<byte[]> received = new ArrayList<>();

    private RawFrames(LinuxSocket socket, LinuxSocket merging, PacketRing ring) {
        this.socket = socket;
        this.merging = merging;
        this.ring = ring;
    }

    /** Opens an interface that is up; frames are received from here on, those this machine sends there are not. */
    public static RawFrames open(Namespace namespace, String interfaceName) {
        int index = namespace.interfaceIndex(interfaceName);
        LinuxSocket socket = namespace.call(() -> LinuxSocket.open(Socket.AF_PACKET, Socket.SOCK_RAW, 0));
        PacketRing ring = new PacketRing(socket, RING_FRAMES, LARGEST_FRAME_OCTETS);
        socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_IGNORE_OUTGOING, 1);
        socket.bind(SocketAddress.packet(interfaceName, index, IfEther.ETH_P_ALL));
        LinuxSocket merging = namespace.call(() -> LinuxSocket.open(Socket.AF_PACKET, Socket.SOCK_RAW, 0));
        merging.option(IfPacket.SOL_PACKET, IfPacket.PACKET_VNET_HDR, 1);
        merging.bind(SocketAddress.packet(interfaceName, index, 0));
        return new RawFrames(socket, merging, ring);
    }

    /**
     * Sends a frame from its destination address to the end of its payload.
     *
     * @throws IllegalStateException when the kernel does not take it whole, with its errno
     */
    public void send(byte[] frame) {
        sendBuffer.putBytes(0, frame);
        int sent = socket.send(sendBuffer, frame.length, 0);
        if (sent != frame.length) {
            throw new IllegalStateException("a frame of " + frame.length + " octets was not sent: " + sent);
        }
    }

    /**
     * Hands a TCP packet over IPv4 to the kernel as an application's would come that leaves cutting to the card.
     *
     * @param frame          without a VLAN tag, IP header of 20 octets
     * @param segmentPayload octets of payload in each segment but the last
     */
    public void sendMerged(byte[] frame, int segmentPayload) {
        sendBuffer.setMemory(0, VIRTIO_NET_HDR_OCTETS, (byte) 0);
        sendBuffer.putByte(0, (byte) VirtioNet.VIRTIO_NET_HDR_F_NEEDS_CSUM);
        sendBuffer.putByte(1, (byte) VirtioNet.VIRTIO_NET_HDR_GSO_TCPV4);
        sendBuffer.putShort(2, (short) (TCP_OFFSET + TCP_HEADER_OCTETS));
        sendBuffer.putShort(4, (short) segmentPayload);
        sendBuffer.putShort(6, (short) TCP_OFFSET);
        sendBuffer.putShort(8, (short) TCP_CHECKSUM_OFFSET);
        sendBuffer.putBytes(VIRTIO_NET_HDR_OCTETS, frame);
        int length = VIRTIO_NET_HDR_OCTETS + frame.length;
        int sent = merging.send(sendBuffer, length, 0);
        if (sent != length) {
            throw new IllegalStateException("a merged frame of " + frame.length + " octets was not sent: " + sent);
        }
    }

    /** Every frame received so far, oldest first, with the VLAN tag where it was on the wire. */
    public List<byte[]> received() {
        while (ring.next()) {
            received.add(frame());
            ring.release();
        }
        if (ring.ringFullDrops() > 0) {
            throw new IllegalStateException("more frames arrived than the ring holds");
        }
        return List.copyOf(received);
    }

    /** Forgets every frame received so far. */
    public void discard() {
        while (ring.next()) {
            ring.release();
        }
        received.clear();
    }

    /** Waits until a number of frames have been received in all. */
    public List<byte[]> await(int count, Duration limit) {
        Await.until(count + " frames received", limit, () -> received().size() >= count);
        return received();
    }

    private byte[] frame() {
        boolean tagTaken = (ring.status() & IfPacket.TP_STATUS_VLAN_VALID) != 0;
        int shift = tagTaken ? VLAN_TAG_OCTETS : 0;
        byte[] frame = new byte[ring.frameLength() + shift];
        ring.buffer().getBytes(ring.frameOffset(), frame, 0, VLAN_TAG_OFFSET);
        ring.buffer()
                .getBytes(
                        ring.frameOffset() + VLAN_TAG_OFFSET,
                        frame,
                        VLAN_TAG_OFFSET + shift,
                        ring.frameLength() - VLAN_TAG_OFFSET);
        if (tagTaken) {
            UnsafeBuffer target = new UnsafeBuffer(frame);
            target.putShort(VLAN_TAG_OFFSET, (short) tagProtocol(), BIG_ENDIAN);
            target.putShort(VLAN_TAG_OFFSET + 2, (short) ring.vlanTci(), BIG_ENDIAN);
        }
        return frame;
    }

    private int tagProtocol() {
        return (ring.status() & IfPacket.TP_STATUS_VLAN_TPID_VALID) != 0 ? ring.vlanTpid() : IfEther.ETH_P_8021Q;
    }

    @Override
    public void close() {
        ring.close();
        socket.close();
        merging.close();
    }
}
