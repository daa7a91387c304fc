package net.twinpath.duppath.send;

import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyControlTrailer;
import net.twinpath.duppath.frame.SupervisionFrame;
import net.twinpath.duppath.nodes.ProxyNodeTable;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.MessageBatch;
import net.twinpath.linux.NativeBuffers;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Tells the other nodes, on both LANs, that this one is there, and every device on its inside port: a supervision frame
 * for each in every LifeCheckInterval. Many devices are announced a few at a time, so that other frames need not wait.
 */
public final class Supervision {
    private static final int FRAMES_AT_ONCE = 32;
    private static final int FRAME_SPACING = 128;
    private static final int PLACES_AT_ONCE = 256;

    private final UnsafeBuffer memory = NativeBuffers.allocate(FRAMES_AT_ONCE * FRAME_SPACING);
    private final Frame frame = new Frame();
    private final MessageBatch batch = new MessageBatch(FRAMES_AT_ONCE);
    private final int lastAddressByte;
    private final long node;
    private final boolean isRedBox;
    private final ProxyNodeTable proxies;
    private final long intervalNs;
    private int supSequenceNumber;
    private int nextPlace = ProxyNodeTable.CAPACITY;
    private long nextNs;

    /**
     * Prepares the first frame.
     *
     * @param lastAddressByte of the destination address, 0 to 255
     * @param node            our own address
     * @param isRedBox        whether devices are on the inside port, rather than this machine's own applications
     * @param proxies         the devices
     * @param intervalNs      LifeCheckInterval (IEC 62439-3 table 8: 2 s)
     * @param firstNs         when the first frame is due
     */
    public Supervision(
            int lastAddressByte, long node, boolean isRedBox, ProxyNodeTable proxies, long intervalNs, long firstNs) {
        this.lastAddressByte = lastAddressByte;
        this.node = node;
        this.isRedBox = isRedBox;
        this.proxies = proxies;
        this.intervalNs = intervalNs;
        this.nextNs = firstNs;
    }

    /** Nanoseconds until the next frame is due; not more than 0 when it is. */
    long dueInNs(long nowNs) {
        return nextPlace < ProxyNodeTable.CAPACITY ? 0 : nextNs - nowNs;
    }

    /** Sends what is due on every link, and returns how many frames that were. */
    int sendDue(Port[] links, SequenceGenerator sequence, long nowNs) {
        if (nowNs - nextNs >= 0) {
            nextNs = nowNs + intervalNs;
            nextPlace = 0;
            add(node, isRedBox, sequence);
        }
        int placesEnd = Math.min(ProxyNodeTable.CAPACITY, nextPlace + PLACES_AT_ONCE);
        while (nextPlace < placesEnd && !batch.isFull()) {
            long device = proxies.insideAt(nextPlace, nowNs);
            if (device != 0 && device != node) {
                add(device, true, sequence);
            }
            nextPlace++;
        }
        return send(links);
    }

    private void add(long announced, boolean byRedBox, SequenceGenerator sequence) {
        int offset = batch.size() * FRAME_SPACING;
        frame.wrap(memory, offset, SupervisionFrame.LENGTH, FRAME_SPACING);
        SupervisionFrame.write(frame, lastAddressByte, node, announced, byRedBox, supSequenceNumber);
        supSequenceNumber = (supSequenceNumber + 1) & 0xFFFF;
        RedundancyControlTrailer.append(frame, sequence.next());
        batch.add(frame.address(), frame.length());
    }

    private int send(Port[] links) {
        int frames = batch.size();
        if (frames == 0) {
            return 0;
        }
        for (Port link : links) {
            for (int i = 0; i < frames; i++) {
                frame.wrap(memory, i * FRAME_SPACING, batch.length(i), FRAME_SPACING);
                RedundancyControlTrailer.readdress(
                        memory,
                        RedundancyControlTrailer.lanIdOffset(frame),
                        RedundancyControlTrailer.LAN_A + link.place());
            }
            link.send(batch);
        }
        batch.clear();
        return frames;
    }
}
