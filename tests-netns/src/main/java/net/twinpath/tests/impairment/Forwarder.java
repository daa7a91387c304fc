package net.twinpath.tests.impairment;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import jnr.constants.platform.Errno;
import net.twinpath.linux.EventFd;
import net.twinpath.linux.IfEther;
import net.twinpath.linux.IfPacket;
import net.twinpath.linux.MessageBatch;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.PacketSocket;
import net.twinpath.linux.PollSet;
import org.agrona.MutableDirectBuffer;

/** Carries frames from one end of an {@link ImpairedCable} to the other, each as its {@link ImpairedLine} decides. */
final class Forwarder implements AutoCloseable {
    private static final int VLAN_TAG_OFFSET = 12;
    private static final int VLAN_TAG_OCTETS = 4;

    /** poll(2) counts in milliseconds and may oversleep by one: nearer than this the thread naps instead. */
    private static final long NAP_RANGE_NS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A frame that arrives during a nap waits for its end. */
    private static final long LONGEST_NAP_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final PacketSocket from;
    private final PacketSocket to;
    private final int longestFrame;
    private final HeldFrames held;
    private final EventFd stop = new EventFd();
    private final PollSet descriptors;
    private final MessageBatch batch = new MessageBatch(1);
    private final Map<LineCounter, AtomicLong> counts = new EnumMap<>(LineCounter.class);
    private volatile ImpairedLine line;
    private volatile boolean stopping;
    private long latestDelivered = -1;

    /**
     * @param from         where frames are received
     * @param to           where they are sent
     * @param line         decides what becomes of them
     * @param slotCount    frames that may be under way at once
     * @param longestFrame octets of the longest that passes, with VLAN tags
     */
    Forwarder(PacketSocket from, PacketSocket to, ImpairedLine line, int slotCount, int longestFrame) {
        this.from = from;
        this.to = to;
        this.line = line;
        this.longestFrame = longestFrame;
        this.held = new HeldFrames(slotCount, longestFrame);
        for (LineCounter counter : LineCounter.values()) {
            counts.put(counter, new AtomicLong());
        }
        this.descriptors = new PollSet(from.receiver().fd(), stop.fd());
    }

    /** Frames taken from now on meet this line; those under way keep their times. */
    void impair(ImpairedLine newLine) {
        line = newLine;
    }

    long count(LineCounter counter) {
        return counter(counter).get();
    }

    /** Forwards until {@link #stop()}. */
    void run() {
        while (!stopping) {
            await();
            takeArrivals();
            sendDue();
        }
    }

    private void await() {
        long leftNs = held.isEmpty() ? Long.MAX_VALUE : held.firstDueNs() - System.nanoTime();
        if (leftNs == Long.MAX_VALUE) {
            descriptors.await(-1);
        } else if (leftNs > NAP_RANGE_NS) {
            descriptors.await((int) TimeUnit.NANOSECONDS.toMillis(leftNs - NAP_RANGE_NS / 2));
        } else if (descriptors.await(0) == 0 && leftNs > 0) {
            LockSupport.parkNanos(Math.min(leftNs, LONGEST_NAP_NS));
        }
        if ((descriptors.events(0) & PollSet.POLLERR) != 0) {
            // The interface went down; unless it is taken, the error would wake this thread for ever.
            from.receiver().takeError();
        }
    }

    private void takeArrivals() {
        PacketRing ring = from.ring();
        while (ring.next()) {
            takeArrival(ring);
            ring.release();
            // Whatever need not wait leaves its place to the next.
            sendDue();
        }
    }

    private void takeArrival(PacketRing ring) {
        if ((ring.status() & IfPacket.TP_STATUS_LOSING) != 0) {
            counter(LineCounter.RING_FULL).set(ring.ringFullDrops());
        }
        boolean tagTaken = (ring.status() & IfPacket.TP_STATUS_VLAN_VALID) != 0;
        int length = ring.originalLength() + (tagTaken ? VLAN_TAG_OCTETS : 0);
        long frameNumber = count(LineCounter.RECEIVED);
        add(LineCounter.RECEIVED);
        Fate fate = line.next(System.nanoTime(), length);
        if (fate.loss() != null) {
            add(counterOf(fate.loss()));
        } else if (length > longestFrame || ring.originalLength() != ring.frameLength()) {
            add(LineCounter.TOO_LONG);
        } else {
            hold(ring, fate, frameNumber, tagTaken);
        }
    }

    private static LineCounter counterOf(Fate.Loss loss) {
        return switch (loss) {
            case RANDOM -> LineCounter.LOST;
            case BURST -> LineCounter.LOST_IN_BURST;
            case QUEUE_FULL -> LineCounter.QUEUE_FULL;
        };
    }

    private void hold(PacketRing ring, Fate fate, long frameNumber, boolean tagTaken) {
        if (fate.isDuplicated()) {
            add(LineCounter.DUPLICATED);
        }
        if (fate.isCorrupted()) {
            add(LineCounter.CORRUPTED);
        }
        int length = ring.frameLength() + (tagTaken ? VLAN_TAG_OCTETS : 0);
        for (long deliveryNs : fate.deliveriesNs()) {
            if (held.isFull()) {
                add(LineCounter.HOLD_FULL);
                continue;
            }
            int offset = held.hold(deliveryNs, length, frameNumber).offset();
            copy(ring, tagTaken, offset);
            if (fate.isCorrupted()) {
                flip(offset, fate.flippedBit());
            }
        }
    }

    /** The kernel has taken the outer VLAN tag out of the frame (net/core/skbuff.c, {@code skb_vlan_untag}). */
    private void copy(PacketRing ring, boolean tagTaken, int offset) {
        MutableDirectBuffer memory = held.memory();
        int source = ring.frameOffset();
        int shift = tagTaken ? VLAN_TAG_OCTETS : 0;
        memory.putBytes(offset, ring.buffer(), source, VLAN_TAG_OFFSET);
        if (tagTaken) {
            boolean hasTpid = (ring.status() & IfPacket.TP_STATUS_VLAN_TPID_VALID) != 0;
            memory.putShort(
                    offset + VLAN_TAG_OFFSET, (short) (hasTpid ? ring.vlanTpid() : IfEther.ETH_P_8021Q), BIG_ENDIAN);
            memory.putShort(offset + VLAN_TAG_OFFSET + 2, (short) ring.vlanTci(), BIG_ENDIAN);
        }
        memory.putBytes(
                offset + VLAN_TAG_OFFSET + shift,
                ring.buffer(),
                source + VLAN_TAG_OFFSET,
                ring.frameLength() - VLAN_TAG_OFFSET);
    }

    private void flip(int offset, int bit) {
        int octet = offset + bit / Byte.SIZE;
        int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
        held.memory().putByte(octet, (byte) (held.memory().getByte(octet) ^ mask));
    }

    private void sendDue() {
        while (!held.isEmpty() && held.firstDueNs() - System.nanoTime() <= 0) {
            HeldFrames.Slot slot = held.takeFirst();
            send(slot);
            held.release(slot);
        }
    }

    private void send(HeldFrames.Slot slot) {
        batch.clear();
        batch.add(held.memory().addressOffset() + slot.offset(), slot.length());
        int sent = batch.send(to.sender(), 0);
        if (sent == -Errno.ENETDOWN.intValue()) {
            // It may be the error of a cut that is over, which is reported once.
            sent = batch.send(to.sender(), 0);
        }
        if (sent < 0) {
            add(LineCounter.REFUSED);
            return;
        }
        if (slot.frameNumber() < latestDelivered) {
            add(LineCounter.REORDERED);
        }
        latestDelivered = Math.max(latestDelivered, slot.frameNumber());
        add(LineCounter.DELIVERED);
    }

    private AtomicLong counter(LineCounter counter) {
        return Objects.requireNonNull(counts.get(counter));
    }

    private void add(LineCounter counter) {
        counter(counter).incrementAndGet();
    }

    /** Makes {@link #run()} return soon; may be called by any thread. */
    void stop() {
        stopping = true;
        stop.raise();
    }

    /** Gives the descriptor back, after {@link #run()} has returned. */
    @Override
    public void close() {
        stop.close();
    }
}
