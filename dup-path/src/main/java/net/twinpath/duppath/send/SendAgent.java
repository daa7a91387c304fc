package net.twinpath.duppath.send;

import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.Segmentation;
import net.twinpath.duppath.frame.TransportChecksum;
import net.twinpath.duppath.frame.VlanTag;
import net.twinpath.duppath.nodes.ProxyNodeTable;
import net.twinpath.duppath.port.LinksInUse;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.stream.StreamClassifier;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.PollSet;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Agent that sends the frames of the inside port on the links. The methods stand in the order a frame meets them; the
 * order as a whole is in {@link net.twinpath.duppath}.
 */
public final class SendAgent implements Agent {
    private static final int BATCH_FRAMES = 64;
    private static final int POLL_TIMEOUT_MS = 500;
    private static final long NANOS_PER_MS = 1_000_000;

    private final String pathName;
    private final int longestWaitMs;
    private final Port inside;
    private final LinksInUse linksInUse;
    private final ProxyNodeTable proxies;
    private final StreamClassifier streams;
    private final SequenceEncoding encoding;
    private final CounterBlock counters;
    private final NanoClock clock;
    private final PollSet pollSet;
    private final Frame frame = new Frame();
    private final TransportChecksum checksum = new TransportChecksum();
    private final Segmentation segmentation;
    private final OutgoingBatch fromRing;
    private final OutgoingBatch fromSegments;
    private OutgoingBatch batch;
    private Port[] links;
    private long nowNs;

    /**
     * @param pathName   names the thread
     * @param busyPolling whether the thread never sleeps
     * @param inside     frames are taken from here
     * @param linksInUse frames are sent on these
     * @param proxies    the devices on the inside port
     * @param segmentation cuts super-frames
     * @param streams    tells what becomes of a frame
     * @param encoding   the format
     * @param counters   the path's
     * @param clock      nanoseconds, never going back
     */
    public SendAgent(
            String pathName,
            boolean busyPolling,
            Port inside,
            LinksInUse linksInUse,
            ProxyNodeTable proxies,
            Segmentation segmentation,
            StreamClassifier streams,
            SequenceEncoding encoding,
            CounterBlock counters,
            NanoClock clock) {
        this.pathName = pathName;
        this.longestWaitMs = busyPolling ? 0 : POLL_TIMEOUT_MS;
        this.inside = inside;
        this.linksInUse = linksInUse;
        this.proxies = proxies;
        this.segmentation = segmentation;
        this.streams = streams;
        this.encoding = encoding;
        this.counters = counters;
        this.clock = clock;
        this.links = linksInUse.current();
        this.pollSet = new PollSet(linksInUse.wakeFd(), inside.fd());
        this.fromRing = new OutgoingBatch(inside.ring().buffer(), BATCH_FRAMES);
        this.fromSegments = new OutgoingBatch(segmentation.memory(), Segmentation.PLACES);
        this.batch = fromRing;
    }

    @Override
    public String roleName() {
        return pathName + "-send";
    }

    @Override
    public int doWork() {
        if (linksInUse.isChanged()) {
            links = linksInUse.takeUp();
        }
        nowNs = clock.nanoTime();
        long dueInNs = encoding.sendDue(links, nowNs);
        int taken = fillBatch();
        if (taken == 0) {
            awaitFrames(dueInNs);
            return 0;
        }
        batch.send(links, encoding);
        inside.ring().release();
        return taken;
    }

    private void awaitFrames(long dueInNs) {
        int timeoutMs = dueInNs <= 0 ? 0 : (int) Math.min(longestWaitMs, dueInNs / NANOS_PER_MS + 1);
        if (pollSet.await(timeoutMs) > 0 && (pollSet.events(1) & PollSet.POLLERR) != 0) {
            inside.takeError();
        }
    }

    private int fillBatch() {
        PacketRing ring = inside.ring();
        int taken = 0;
        while (taken < BATCH_FRAMES && ring.next()) {
            onFrame(ring);
            taken++;
        }
        counters.add(DupPathCounter.OUT_FRAMES, taken);
        return taken;
    }

    private void onFrame(PacketRing ring) {
        frame.wrap(ring);
        if (frame.isTooShort()) {
            counters.increment(DupPathCounter.OUT_TOO_SHORT);
            return;
        }
        if (inside.isMerged()) {
            cut(ring);
            return;
        }
        // To be read before the VLAN tag takes the place it stands in.
        int checksumStart = ring.checksumStart();
        int checksumOffset = ring.checksumOffset();
        int before = frame.length();
        VlanTag.restore(ring, frame);
        if (checksumStart >= 0) {
            completeChecksum(checksumStart + frame.length() - before, checksumOffset);
        }
        if (!staysInside()) {
            dispatch();
        }
    }

    private void completeChecksum(int start, int offset) {
        counters.increment(
                checksum.complete(frame, start, offset)
                        ? DupPathCounter.OUT_CHECKSUM_COMPLETED
                        : DupPathCounter.OUT_CHECKSUM_OPEN);
    }

    /** Sends what came before the super-frame, then its segments, each a frame as any other. */
    private void cut(PacketRing ring) {
        if (!segmentation.begin(ring, frame)) {
            counters.increment(DupPathCounter.OUT_SUPER_FRAMES);
            return;
        }
        fromRing.send(links, encoding);
        batch = fromSegments;
        while (segmentation.next(frame)) {
            if (!staysInside()) {
                dispatch();
            }
            if (segmentation.segments() % Segmentation.PLACES == 0) {
                fromSegments.send(links, encoding);
            }
        }
        fromSegments.send(links, encoding);
        batch = fromRing;
        counters.increment(DupPathCounter.OUT_SUPER_FRAMES_CUT);
        counters.add(DupPathCounter.OUT_SEGMENTS, segmentation.segments());
        counters.add(DupPathCounter.OUT_FRAMES, segmentation.segments() - 1);
    }

    /** Learns the sender, and counts and tells the frames that no link is to carry. */
    private boolean staysInside() {
        if (frame.isLinkLocal()) {
            counters.increment(DupPathCounter.OUT_LINK_LOCAL);
            return true;
        }
        if (!proxies.heardInside(frame.source(), nowNs)) {
            counters.increment(DupPathCounter.OUT_PROXY_TABLE_FULL);
        }
        if (frame.isUnicast() && proxies.isInside(frame.destination(), nowNs)) {
            counters.increment(DupPathCounter.OUT_FOR_INSIDE);
            return true;
        }
        return false;
    }

    private void dispatch() {
        int stream = streams.classify(frame);
        switch (streams.action(stream)) {
            case DUPLICATE -> duplicate(stream);
            case FIRST_LINK -> sendOnFirstLink(stream);
            case DROP -> counters.increment(DupPathCounter.OUT_DROPPED);
        }
    }

    private void duplicate(int stream) {
        if (encoding.duplicate(frame, stream, batch, nowNs)) {
            streams.count(stream, StreamCounter.OUTPUT);
        } else {
            streams.count(stream, StreamCounter.ENCODE_ERRORED);
            counters.increment(DupPathCounter.OUT_TOO_LONG);
        }
    }

    private void sendOnFirstLink(int stream) {
        if (encoding.reachesOnItsLink(frame, batch, nowNs)) {
            streams.count(stream, StreamCounter.OUTPUT);
            return;
        }
        Port link = firstLink();
        if (link.carrier()) {
            encoding.single(frame, link, batch);
            streams.count(stream, StreamCounter.OUTPUT);
            counters.increment(DupPathCounter.OUT_FIRST_LINK);
        } else {
            counters.increment(DupPathCounter.OUT_NO_LINK);
        }
    }

    /** The first link that can be relied on; failing that, the first with carrier; failing that, the first. */
    private Port firstLink() {
        Port withCarrier = links[0];
        for (Port link : links) {
            if (link.isReliable()) {
                return link;
            }
            if (link.carrier() && !withCarrier.carrier()) {
                withCarrier = link;
            }
        }
        return withCarrier;
    }
}
