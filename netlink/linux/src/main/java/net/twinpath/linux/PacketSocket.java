package net.twinpath.linux;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two AF_PACKET sockets that own one interface's frames: one receives all of them, super-frames too, through a
 * {@link PacketRing}, the other sends frames as they are (packet(7)).
 */
public final class PacketSocket implements AutoCloseable {
    /** Frames of other senders' bursts must not fail for want of socket memory; the device's queue is the limit. */
    private static final int SEND_BUFFER_BYTES = 8 << 20;

    /** What waiting super-frames may take beside the ring: more than a TCP window. */
    private static final int SUPER_FRAME_BYTES = 8 << 20;

    private final LinuxSocket receiver;
    private final LinuxSocket sender;
    private final PacketRing ring;

    private PacketSocket(LinuxSocket receiver, LinuxSocket sender, PacketRing ring) {
        this.receiver = receiver;
        this.sender = sender;
        this.ring = ring;
    }

    /**
     * Opens sockets that receive every frame of an interface, promiscuously, but none sent by this machine.
     *
     * @param interfaceName for error messages
     * @param ifindex       the interface's index
     * @param slotCount     frames the receive ring holds, a power of two
     * @param maxFrameBytes octets of the largest frame, with one VLAN tag, without FCS
     */
    public static PacketSocket open(String interfaceName, int ifindex, int slotCount, int maxFrameBytes) {
        LinuxSocket sender = openSender(interfaceName, ifindex);
        LinuxSocket receiver = null;
        PacketRing ring = null;
        try {
            // Protocol 0 receives nothing until the bind below: the ring holds no frame of another interface.
            receiver = LinuxSocket.open(Socket.AF_PACKET, Socket.SOCK_RAW, 0);
            receiver.option(Socket.SOL_SOCKET, Socket.SO_RCVBUFFORCE, SUPER_FRAME_BYTES);
            receiver.option(IfPacket.SOL_PACKET, IfPacket.PACKET_IGNORE_OUTGOING, 1);
            ring = PacketRing.withSuperFrames(receiver, slotCount, maxFrameBytes);
            receiver.bind(SocketAddress.packet(interfaceName, ifindex, IfEther.ETH_P_ALL));
            receiver.option(IfPacket.SOL_PACKET, IfPacket.PACKET_ADD_MEMBERSHIP, promiscuous(ifindex));
            return new PacketSocket(receiver, sender, ring);
        } catch (RuntimeException e) {
            if (ring != null) {
                ring.close();
            }
            if (receiver != null) {
                receiver.close();
            }
            sender.close();
            throw e;
        }
    }

    /** Protocol 0: it never receives. */
    private static LinuxSocket openSender(String interfaceName, int ifindex) {
        LinuxSocket sender = LinuxSocket.open(Socket.AF_PACKET, Socket.SOCK_RAW, 0);
        try {
            sender.option(Socket.SOL_SOCKET, Socket.SO_SNDBUFFORCE, SEND_BUFFER_BYTES);
            // Straight to the driver: no queueing discipline, and no other tap sees (and so copies) what is sent.
            sender.option(IfPacket.SOL_PACKET, IfPacket.PACKET_QDISC_BYPASS, 1);
            sender.bind(SocketAddress.packet(interfaceName, ifindex, 0));
            return sender;
        } catch (RuntimeException e) {
            sender.close();
            throw e;
        }
    }

    /** {@code struct packet_mreq}; the membership ends when the socket is closed. */
    private static UnsafeBuffer promiscuous(int ifindex) {
        UnsafeBuffer request = NativeBuffers.allocate(IfPacket.PACKET_MREQ_LENGTH);
        request.putInt(0, ifindex);
        request.putShort(4, (short) IfPacket.PACKET_MR_PROMISC);
        return request;
    }

    /** The socket of the ring: for polling, and for its error. */
    public LinuxSocket receiver() {
        return receiver;
    }

    /** The socket to send on. */
    public LinuxSocket sender() {
        return sender;
    }

    public PacketRing ring() {
        return ring;
    }

    @Override
    public void close() {
        ring.close();
        receiver.close();
        sender.close();
    }
}
