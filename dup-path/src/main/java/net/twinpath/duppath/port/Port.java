package net.twinpath.duppath.port;

import java.util.Optional;
import jnr.constants.platform.Errno;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.linux.GatheredBatch;
import net.twinpath.linux.MessageBatch;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.PacketSocket;
import net.twinpath.linux.VirtioNet;

/**
 * An interface the path owns while it runs: its receive ring, read by one agent, and its transmit side, used by the
 * other. A port that cannot send never holds a batch up: what it cannot take is counted and passed over.
 */
public final class Port implements AutoCloseable {
    /**
     * Frames a receive ring holds. A TCP flow stops at its window, about 2 900 full frames with Linux's default limits:
     * the ring takes that and other traffic besides when the agent is kept from its core.
     */
    private static final int RING_SLOTS = 4096;

    /** Frames a ring for jumbo frames holds: as many octets of a TCP window. */
    private static final int JUMBO_RING_SLOTS = 1024;

    private static final int JUMBO_FRAME_BYTES = 2048;

    private static final int IN_MEMORY_SLOTS = 256;

    private static final int INSIDE = -1;

    private static final int EINTR = Errno.EINTR.intValue();
    private static final int EAGAIN = Errno.EAGAIN.intValue();
    private static final int ENOBUFS = Errno.ENOBUFS.intValue();
    private static final int EMSGSIZE = Errno.EMSGSIZE.intValue();
    private static final int ENETDOWN = Errno.ENETDOWN.intValue();
    private static final int ENXIO = Errno.ENXIO.intValue();

    private final PortSettings settings;
    private final int place;
    private final CounterBlock counters;
    private final SendCounters sendCounters;
    private final PacketSocket socket;
    private volatile boolean carrier = true;
    private volatile boolean reliable = true;

    private Port(
            PortSettings settings, int place, CounterBlock counters, SendCounters sendCounters, PacketSocket socket) {
        this.settings = settings;
        this.place = place;
        this.counters = counters;
        this.sendCounters = sendCounters;
        this.socket = socket;
    }

    private static PacketSocket open(PortSettings settings) {
        return PacketSocket.open(
                settings.interfaceName(), settings.ifindex(), slots(settings), settings.maxFrameBytes());
    }

    private static PacketSocket goOn(PortSettings settings, PacketSocket.Kept socket) {
        return PacketSocket.goOn(
                socket, settings.interfaceName(), settings.ifindex(), slots(settings), settings.maxFrameBytes());
    }

    private static int slots(PortSettings settings) {
        return settings.maxFrameBytes() > JUMBO_FRAME_BYTES ? JUMBO_RING_SLOTS : RING_SLOTS;
    }

    /**
     * A port that was left open; frames still come into its ring, and nobody takes them.
     *
     * @param place  of a link: 0 for LAN A, 1 for LAN B, and so on; -1 for the inside port
     * @param socket empty of a link whose interface was not there
     */
    public record Kept(PortSettings settings, int place, Optional<PacketSocket.Kept> socket) implements AutoCloseable {
        /** Gives the port up: nobody goes on with it. */
        @Override
        public void close() {
            socket.ifPresent(PacketSocket.Kept::close);
        }
    }

    /** Opens the port devices or the host itself are behind; it counts in its path's block. */
    public static Port inside(PortSettings settings, CounterBlock pathCounters) {
        return new Port(settings, INSIDE, pathCounters, SendCounters.INSIDE, open(settings));
    }

    /**
     * Goes on with an inside port that was left open.
     *
     * @param socket the port's
     */
    public static Port inside(PortSettings settings, PacketSocket.Kept socket, CounterBlock pathCounters) {
        return new Port(settings, INSIDE, pathCounters, SendCounters.INSIDE, goOn(settings, socket));
    }

    /**
     * Opens a link; it counts in a block of its own. One whose interface is not there brings nothing, and what is to be
     * sent on it is counted.
     *
     * @param place 0 for LAN A, 1 for LAN B, and so on; no two links of a path at one time have the same
     */
    public static Port link(PortSettings settings, int place) {
        if (!settings.isPresent()) {
            return inMemory(settings, place);
        }
        return new Port(settings, place, new CounterBlock(), SendCounters.LINK, open(settings));
    }

    /**
     * Goes on with a link that was left open; it counts from 0.
     *
     * @param socket the link's
     */
    public static Port link(PortSettings settings, PacketSocket.Kept socket, int place) {
        return new Port(settings, place, new CounterBlock(), SendCounters.LINK, goOn(settings, socket));
    }

    /** A port of no interface, whose ring is filled by {@link PacketRing#put}; what it sends is counted and goes nowhere. */
    public static Port inMemory(PortSettings settings, int place) {
        PacketSocket socket = PacketSocket.inMemory(IN_MEMORY_SLOTS, settings.maxFrameBytes());
        Port port = new Port(settings, place, new CounterBlock(), SendCounters.LINK, socket);
        port.carrier(false);
        return port;
    }

    /**
     * A port of no interface, for frames that are made up: its ring is filled by {@link PacketRing#put}, and what it sends
     * takes the way of real frames as far as the kernel, which drops it.
     *
     * @param place of a link: 0 for LAN A, 1 for LAN B, and so on; -1 for an inside port
     */
    public static Port toNowhere(PortSettings settings, int place) {
        PacketSocket socket = PacketSocket.toNowhere(IN_MEMORY_SLOTS, settings.maxFrameBytes());
        SendCounters sendCounters = place == INSIDE ? SendCounters.INSIDE : SendCounters.LINK;
        return new Port(settings, place, new CounterBlock(), sendCounters, socket);
    }

    public PortSettings settings() {
        return settings;
    }

    /** Of a link: 0 for LAN A, 1 for LAN B, and so on. */
    public int place() {
        return place;
    }

    public CounterBlock counters() {
        return counters;
    }

    public PacketRing ring() {
        return socket.ring();
    }

    /**
     * True when the ring's current frame is one that an offload has merged of several, or is longer than the interface's
     * MTU allows. To be asked before the frame's headroom is used.
     */
    public boolean isMerged() {
        return ring().gsoType() != VirtioNet.VIRTIO_NET_HDR_GSO_NONE
                || ring().originalLength() > settings.maxFrameBytes();
    }

    /** For polling. */
    public int fd() {
        return socket.receiver().fd();
    }

    /** Whether frames sent now could leave; told by the control thread as the kernel reports it. */
    public boolean carrier() {
        return carrier;
    }

    /** Tells the port whether frames sent now could leave; a port without carrier counts frames and does not try. */
    public void carrier(boolean present) {
        carrier = present;
    }

    /** Tells the port whether frames pass the link as they should, so that a frame may be sent on it alone. */
    public void reliable(boolean now) {
        reliable = now;
    }

    /** Whether a frame sent on this link only has the best prospects: carrier, and frames pass it as they should. */
    public boolean isReliable() {
        return carrier && reliable;
    }

    /**
     * Takes the socket's pending error, as when the interface goes down. Until it is taken, polling reports it without
     * end.
     *
     * @return errno, 0 when there was none
     */
    public int takeError() {
        return socket.receiver().takeError();
    }

    /** Sends a batch, never waiting; the batch stays as it is. */
    public void send(MessageBatch batch) {
        if (!carrier) {
            counters.add(sendCounters.noCarrier(), batch.size());
            return;
        }
        int from = 0;
        while (from < batch.size()) {
            int result = batch.send(socket.sender(), from);
            from += result > 0 ? count(result) : refused(-result, batch.size() - from);
        }
    }

    private int count(int sent) {
        counters.add(sendCounters.sent(), sent);
        return sent;
    }

    /** Counts what the kernel refused and returns how many frames to pass over: one, or all when none could leave. */
    private int refused(int errno, int left) {
        if (errno == EINTR) {
            return 0;
        }
        if (errno == ENETDOWN || errno == ENXIO) {
            counters.add(sendCounters.noCarrier(), left);
            return left;
        }
        if (errno == EAGAIN) {
            counters.add(sendCounters.noBuffer(), left);
            return left;
        }
        if (errno == ENOBUFS) {
            counters.increment(sendCounters.noBuffer());
        } else {
            counters.increment(errno == EMSGSIZE ? sendCounters.tooLong() : sendCounters.error());
        }
        return 1;
    }

    /**
     * Whether what is sent has a virtio_net_hdr in front, and so is of {@link #send(GatheredBatch)}; false at first, and
     * then of {@link #send(MessageBatch)}.
     */
    public void sendVirtioHeaders(boolean wanted) {
        socket.sendVirtioHeaders(wanted);
    }

    /** As {@link #send(MessageBatch)}; counts the frames that each message stands for. */
    public void send(GatheredBatch batch) {
        int from = 0;
        while (from < batch.size()) {
            int result = carrier ? batch.send(socket.sender(), from) : -ENETDOWN;
            int passed = result > 0 ? result : passedOver(-result, batch.size() - from);
            counters.add(result > 0 ? sendCounters.sent() : sendCounters.error(), batch.frames(from, passed));
            from += passed;
        }
    }

    private static int passedOver(int errno, int left) {
        if (errno == EINTR) {
            return 0;
        }
        return errno == ENETDOWN || errno == ENXIO || errno == EAGAIN ? left : 1;
    }

    /** Leaves the port open for another owner. */
    public Kept leave() {
        if (isInMemory()) {
            close();
            return new Kept(settings, place, Optional.empty());
        }
        return new Kept(settings, place, Optional.of(socket.leave()));
    }

    private boolean isInMemory() {
        return fd() < 0;
    }

    @Override
    public void close() {
        socket.close();
    }
}
