package net.twinpath.duppath.receive;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.frame.Coalescing;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.Segmentation;
import net.twinpath.duppath.frame.TransportChecksum;
import net.twinpath.duppath.frame.VlanTag;
import net.twinpath.duppath.nodes.ProxyNodeTable;
import net.twinpath.duppath.ordering.PacketOrdering;
import net.twinpath.duppath.port.LinksInUse;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.IfPacket;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.PollSet;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.jspecify.annotations.Nullable;

/**
 * Agent that passes the first copy of every frame from the links to the inside port. The methods stand in the order a
 * frame meets them; the order as a whole is in {@link net.twinpath.duppath}.
 */
public final class ReceiveAgent implements Agent {
    /** Frames taken at most before they are handed over and their slots given back. */
    public static final int BATCH_FRAMES = 128;

    private static final int POLL_TIMEOUT_MS = 500;
    private static final long NANOS_PER_MS = 1_000_000;

    private final String pathName;
    private final int longestWaitMs;
    private final LinksInUse linksInUse;
    private final InsideDelivery delivery;
    private final long ownAddress;
    private final ProxyNodeTable proxies;
    private final Segmentation segmentation;
    private final SequenceDecoding decoding;
    private final CounterBlock counters;
    private final ArrivalClock arrivals;
    private final Frame frame = new Frame();
    private final TransportChecksum checksum = new TransportChecksum();
    private Port[] links;
    private PollSet pollSet;
    private long arrivedNs;

    /**
     * @param pathName   names the thread
     * @param busyPolling whether the thread never sleeps
     * @param linksInUse frames are taken from these
     * @param inside     frames are handed to this port
     * @param ordering   puts flows in order; null to pass every frame at once
     * @param heldFrames where the frames lie that {@code ordering} holds
     * @param coalescing joins TCP segments, {@link #BATCH_FRAMES} frames; null to join none
     * @param ownAddress our own address, first octet in bits 47 to 40
     * @param proxies    the devices on the inside port
     * @param segmentation cuts super-frames
     * @param decoding   the format
     * @param counters   the path's
     * @param arrivals   tells when the frames in the links' rings came
     */
    public ReceiveAgent(
            String pathName,
            boolean busyPolling,
            LinksInUse linksInUse,
            Port inside,
            @Nullable PacketOrdering ordering,
            MutableDirectBuffer heldFrames,
            @Nullable Coalescing coalescing,
            long ownAddress,
            ProxyNodeTable proxies,
            Segmentation segmentation,
            SequenceDecoding decoding,
            CounterBlock counters,
            ArrivalClock arrivals) {
        this.pathName = pathName;
        this.longestWaitMs = busyPolling ? 0 : POLL_TIMEOUT_MS;
        this.linksInUse = linksInUse;
        this.delivery = new InsideDelivery(inside, BATCH_FRAMES, ordering, heldFrames, coalescing);
        this.ownAddress = ownAddress;
        this.proxies = proxies;
        this.segmentation = segmentation;
        this.decoding = decoding;
        this.counters = counters;
        this.arrivals = arrivals;
        this.links = linksInUse.current();
        this.pollSet = pollSet();
    }

    private PollSet pollSet() {
        int[] fds = new int[1 + links.length];
        fds[0] = linksInUse.wakeFd();
        for (int i = 0; i < links.length; i++) {
            fds[1 + i] = links[i].fd();
        }
        return new PollSet(fds);
    }

    @Override
    public String roleName() {
        return pathName + "-receive";
    }

    @Override
    public int doWork() {
        arrivals.read();
        if (linksInUse.isChanged()) {
            links = linksInUse.takeUp();
            pollSet = pollSet();
            decoding.linksChanged(links.length, arrivals.latestNs());
        }
        int taken = takeFrames();
        delivery.release(arrivals.latestNs());
        decoding.tick(arrivals.latestNs());
        delivery.send();
        if (taken == 0) {
            awaitFrames();
            return 0;
        }
        for (Port link : links) {
            link.ring().release();
        }
        return taken;
    }

    /** No frame is held back for one that could come before it. */
    @Override
    public void onClose() {
        delivery.release(Long.MAX_VALUE);
        delivery.send();
    }

    /** Takes frames in the order they came, whichever link brought them; answers how many. */
    private int takeFrames() {
        for (int taken = 0; taken < BATCH_FRAMES; taken++) {
            Port link = null;
            long stampNs = PacketRing.NOTHING_WAITS;
            for (Port candidate : links) {
                long candidateNs = candidate.ring().nextArrivedNs();
                if (candidateNs < stampNs) {
                    stampNs = candidateNs;
                    link = candidate;
                }
            }
            if (link == null || !link.ring().next()) {
                arrivals.nothingWaits();
                return taken;
            }
            arrivedNs = arrivals.arrivedNs(stampNs);
            link.counters().increment(DupPathCounter.RX_FRAMES);
            onFrame(link.ring(), link);
        }
        return BATCH_FRAMES;
    }

    private void awaitFrames() {
        int untilDueMs = (int) Math.min(POLL_TIMEOUT_MS - 1, delivery.dueInNs(arrivals.latestNs()) / NANOS_PER_MS) + 1;
        if (pollSet.await(Math.min(longestWaitMs, untilDueMs)) == 0) {
            return;
        }
        for (int i = 0; i < links.length; i++) {
            if ((pollSet.events(1 + i) & PollSet.POLLERR) != 0 && links[i].takeError() != 0) {
                links[i].counters().increment(DupPathCounter.RX_PORT_ERRORS);
            }
        }
    }

    private void onFrame(PacketRing ring, Port link) {
        frame.wrap(ring);
        CounterBlock linkCounters = link.counters();
        if (frame.isTooShort()) {
            linkCounters.increment(DupPathCounter.RX_TOO_SHORT);
            return;
        }
        if (link.isMerged()) {
            cut(ring, link);
            return;
        }
        VlanTag.restore(ring, frame);
        take(link, (ring.status() & IfPacket.TP_STATUS_CSUMNOTREADY) != 0);
    }

    /**
     * Takes the segments of a super-frame, as a singly attached node may send them where no cable is between. One with a
     * mark cannot be cut, because there is one sequence number for all of it.
     */
    private void cut(PacketRing ring, Port link) {
        CounterBlock linkCounters = link.counters();
        if (!segmentation.begin(ring, frame)) {
            linkCounters.increment(DupPathCounter.RX_SUPER_FRAMES);
            return;
        }
        while (segmentation.next(frame)) {
            take(link, false);
            if (segmentation.segments() % Segmentation.PLACES == 0) {
                delivery.send();
            }
        }
        delivery.send();
        linkCounters.increment(DupPathCounter.RX_SUPER_FRAMES_CUT);
        linkCounters.add(DupPathCounter.RX_SEGMENTS, segmentation.segments());
        linkCounters.add(DupPathCounter.RX_FRAMES, segmentation.segments() - 1);
    }

    private void take(Port link, boolean checksumIsOpen) {
        CounterBlock linkCounters = link.counters();
        if (frame.isLinkLocal()) {
            linkCounters.increment(DupPathCounter.RX_LINK_LOCAL);
        } else if (frame.source() == ownAddress) {
            linkCounters.increment(DupPathCounter.RX_OWN);
        } else if (decoding.passes(frame, link, arrivedNs)) {
            deliver(linkCounters, checksumIsOpen);
        }
    }

    private void deliver(CounterBlock linkCounters, boolean checksumIsOpen) {
        if (isForOtherNode()) {
            linkCounters.increment(DupPathCounter.RX_OTHER_NODE);
            return;
        }
        if (checksumIsOpen && checksum.complete(frame)) {
            counters.increment(DupPathCounter.IN_CHECKSUM_COMPLETED);
        }
        delivery.deliver(frame, decoding.flow(), decoding.sequenceNumber(), arrivedNs);
    }

    private boolean isForOtherNode() {
        long destination = frame.destination();
        return destination != ownAddress
                && frame.isUnicast()
                && decoding.isOnLinks(destination)
                && !proxies.isInside(destination, arrivedNs);
    }
}
