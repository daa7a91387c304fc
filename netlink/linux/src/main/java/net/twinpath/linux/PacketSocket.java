package net.twinpath.linux;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * An AF_PACKET socket that owns one interface's frames: it receives all of them through a {@link PacketRing} and sends
 * frames as they are (packet(7)).
 */
public final class PacketSocket implements AutoCloseable {
    /** Frames of other senders' bursts must not fail for want of socket memory; the device's queue is the limit. */
    private static final int SEND_BUFFER_BYTES = 8 << 20;

    private final LinuxSocket socket;
    private final PacketRing ring;

    private PacketSocket(LinuxSocket socket, PacketRing ring) {
        this.socket = socket;
        this.ring = ring;
    }

    /**
     * Opens a socket that receives every frame of an interface, promiscuously, but none sent by this machine.
     *
     * @param interfaceName for error messages
     * @param ifindex       the interface's index
     * @param slotCount     frames the receive ring holds, a power of two
     * @param maxFrameBytes octets of the largest frame, with one VLAN tag, without FCS
     */
    public static PacketSocket open(String interfaceName, int ifindex, int slotCount, int maxFrameBytes) {
        // Protocol 0 receives nothing until the bind below: the ring holds no frame of another interface.
        LinuxSocket socket = LinuxSocket.open(Socket.AF_PACKET, Socket.SOCK_RAW, 0);
        PacketRing ring = null;
        try {
            socket.option(Socket.SOL_SOCKET, Socket.SO_SNDBUFFORCE, SEND_BUFFER_BYTES);
            socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_IGNORE_OUTGOING, 1);
            // Straight to the driver: no queueing discipline, and no other tap sees (and so copies) what is sent.
            socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_QDISC_BYPASS, 1);
            ring = new PacketRing(socket, slotCount, maxFrameBytes);
            socket.bind(SocketAddress.packet(interfaceName, ifindex, IfEther.ETH_P_ALL));
            socket.option(IfPacket.SOL_PACKET, IfPacket.PACKET_ADD_MEMBERSHIP, promiscuous(ifindex));
            return new PacketSocket(socket, ring);
        } catch (RuntimeException e) {
            if (ring != null) {
                ring.close();
            }
            socket.close();
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

    public LinuxSocket socket() {
        return socket;
    }

    public PacketRing ring() {
        return ring;
    }

    @Override
    public void close() {
        ring.close();
        socket.close();
    }
}
