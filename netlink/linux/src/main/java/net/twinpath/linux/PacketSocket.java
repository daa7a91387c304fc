package net.twinpath.linux;

import jnr.constants.platform.Errno;
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

    private static final int ENODEV = Errno.ENODEV.intValue();

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

    /**
     * Open sockets that another owner goes on with, in this process or, the descriptors handed over, in the next. While
     * nobody does, the ring goes on taking frames until it is full.
     *
     * @param receiver descriptor of the socket with the ring
     * @param sender   descriptor of the other
     * @param head     the ring's next slot
     */
    public record Kept(int receiver, int sender, int head) implements AutoCloseable {
        /** Closes the sockets: nobody goes on with them. */
        @Override
        public void close() {
            LinuxSocket.ofFd(receiver).close();
            LinuxSocket.ofFd(sender).close();
        }
    }

    /**
     * Goes on with sockets that were left open.
     *
     * @param slotCount     as they were opened with
     * @param maxFrameBytes as they were opened with
     * @throws ErrnoException when they are not of this interface (ENODEV), which may have been removed, or of another size;
     *     they are closed then
     */
    public static PacketSocket goOn(Kept kept, String interfaceName, int ifindex, int slotCount, int maxFrameBytes) {
        LinuxSocket receiver = LinuxSocket.ofFd(kept.receiver());
        LinuxSocket sender = LinuxSocket.ofFd(kept.sender());
        try {
            requireBound(receiver, interfaceName, ifindex);
            requireBound(sender, interfaceName, ifindex);
            PacketRing ring = PacketRing.goingOn(receiver, slotCount, maxFrameBytes, kept.head());
            return new PacketSocket(receiver, sender, ring);
        } catch (RuntimeException e) {
            receiver.close();
            sender.close();
            throw e;
        }
    }

    /** No sockets, and a ring in memory that is filled by {@link PacketRing#put}. */
    public static PacketSocket inMemory(int slotCount, int maxFrameBytes) {
        return new PacketSocket(LinuxSocket.none(), LinuxSocket.none(), PacketRing.inMemory(slotCount, maxFrameBytes));
    }

    /**
     * Of no interface, for frames that are made up: a ring in memory that is filled by {@link PacketRing#put}, and a socket
     * of which the kernel takes every message and drops it at the other end's filter (Linux {@code unix_dgram_sendmsg}).
     */
    public static PacketSocket toNowhere(int slotCount, int maxFrameBytes) {
        LinuxSocket[] ends = LinuxSocket.pair();
        try {
            ends[1].dropAllInput();
            return new PacketSocket(ends[1], ends[0], PacketRing.inMemory(slotCount, maxFrameBytes));
        } catch (RuntimeException e) {
            ends[0].close();
            ends[1].close();
            throw e;
        }
    }

    private static void requireBound(LinuxSocket socket, String interfaceName, int ifindex) {
        UnsafeBuffer name = NativeBuffers.allocate(IfPacket.SOCKADDR_LL_LENGTH);
        socket.readName(name);
        if (name.getInt(IfPacket.SLL_IFINDEX_OFFSET) != ifindex) {
            throw new ErrnoException("getsockname", "the kept socket is not of " + interfaceName, ENODEV);
        }
    }

    /**
     * Whether every frame that is sent has a virtio_net_hdr ({@link VirtioNet}) in front, with which it may be a
     * super-frame; false at first. Super-frames pass the interface's queueing discipline: should it not cut them itself,
     * the kernel does so there and nowhere else.
     */
    public void sendVirtioHeaders(boolean wanted) {
        sender.option(IfPacket.SOL_PACKET, IfPacket.PACKET_VNET_HDR, wanted ? 1 : 0);
        sender.option(IfPacket.SOL_PACKET, IfPacket.PACKET_QDISC_BYPASS, wanted ? 0 : 1);
    }

    /** Unmaps the ring and leaves the sockets open, for {@link #goOn}: as another version left them and expects them. */
    public Kept leave() {
        sendVirtioHeaders(false);
        Kept kept = new Kept(receiver.fd(), sender.fd(), ring.head());
        ring.close();
        return kept;
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
