package net.twinpath.duppath.send;

import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyControlTrailer;
import net.twinpath.duppath.frame.SupervisionFrame;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.MessageBatch;
import net.twinpath.linux.NativeBuffers;
import org.agrona.concurrent.UnsafeBuffer;

/** Tells the other nodes, on both LANs, that this one is there: a supervision frame every two seconds. */
final class Supervision {
    /** LifeCheckInterval (IEC 62439-3 table 8), nanoseconds. */
    static final long LIFE_CHECK_INTERVAL_NS = 2_000_000_000L;

    private final UnsafeBuffer memory =
            NativeBuffers.allocate(SupervisionFrame.LENGTH + RedundancyControlTrailer.LENGTH);
    private final Frame frame = new Frame(memory);
    private final MessageBatch batch = new MessageBatch(1);
    private final int lastAddressByte;
    private final long node;
    private int supSequenceNumber;
    private long nextNs;

    /**
     * Prepares the first frame.
     *
     * @param lastAddressByte of the destination address, 0 to 255
     * @param node            our own address
     * @param firstNs         when the first frame is due
     */
    Supervision(int lastAddressByte, long node, long firstNs) {
        this.lastAddressByte = lastAddressByte;
        this.node = node;
        this.nextNs = firstNs;
    }

    /** Nanoseconds until the next frame is due; not more than 0 when it is. */
    long dueInNs(long nowNs) {
        return nextNs - nowNs;
    }

    /** Sends a frame on every link. */
    void send(long nowNs, Port[] links, SequenceGenerator sequence) {
        nextNs = nowNs + LIFE_CHECK_INTERVAL_NS;
        SupervisionFrame.write(memory, lastAddressByte, node, supSequenceNumber);
        supSequenceNumber = (supSequenceNumber + 1) & 0xFFFF;
        frame.wrap(memory, 0, SupervisionFrame.LENGTH, memory.capacity());
        RedundancyControlTrailer.append(frame, sequence.next());
        batch.add(memory.addressOffset(), frame.length());
        int lanIdOffset = RedundancyControlTrailer.lanIdOffset(frame);
        for (int link = 0; link < links.length; link++) {
            RedundancyControlTrailer.readdress(memory, lanIdOffset, RedundancyControlTrailer.LAN_A + link);
            links[link].send(batch);
        }
        batch.clear();
    }
}
