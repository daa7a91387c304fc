package net.twinpath.duppath.send;

import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyControlTrailer;
import net.twinpath.duppath.frame.VlanTag;
import net.twinpath.duppath.port.Port;
import net.twinpath.linux.EventFd;
import net.twinpath.linux.IfPacket;
import net.twinpath.linux.MessageBatch;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.PollSet;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Agent that sends every frame of the inside port on every link. The methods stand in the order a frame meets them; the
 * order as a whole is in {@link net.twinpath.duppath}.
 */
public final class SendAgent implements Agent {
    private static final int BATCH_FRAMES = 64;

    /** As Linux: the links have settled by then, and neighbours learn soon who is there. */
    private static final long FIRST_SUPERVISION_NS = 100_000_000;

    private static final int POLL_TIMEOUT_MS = 500;
    private static final long NANOS_PER_MS = 1_000_000;

    private final String pathName;
    private final Port inside;
    private final Port[] links;
    private final SequenceGenerator sequence;
    private final Supervision supervision;
    private final CounterBlock counters;
    private final NanoClock clock;
    private final PollSet pollSet;
    private final Frame frame;
    private final MessageBatch batch = new MessageBatch(BATCH_FRAMES);
    private final int[] lanIdOffsets = new int[BATCH_FRAMES];

    /**
     * @param pathName names the thread
     * @param inside   frames are taken from here
     * @param links    LAN A, LAN B
     * @param sequence the node's sequence counter
     * @param supervisionAddressByte last octet of the address supervision frames are sent to
     * @param ownAddress             our own address, first octet in bits 47 to 40
     * @param counters the path's
     * @param clock    nanoseconds, never going back
     * @param wake     becomes readable when the agent is to end
     */
    public SendAgent(
            String pathName,
            Port inside,
            List<Port> links,
            SequenceGenerator sequence,
            int supervisionAddressByte,
            long ownAddress,
            CounterBlock counters,
            NanoClock clock,
            EventFd wake) {
        this.pathName = pathName;
        this.inside = inside;
        this.links = links.toArray(new Port[0]);
        this.sequence = sequence;
        this.supervision = new Supervision(supervisionAddressByte, ownAddress, clock.nanoTime() + FIRST_SUPERVISION_NS);
        this.counters = counters;
        this.clock = clock;
        this.pollSet = new PollSet(wake.fd(), inside.fd());
        this.frame = new Frame(inside.ring().buffer());
    }

    @Override
    public String roleName() {
        return pathName + "-send";
    }

    @Override
    public int doWork() {
        long nowNs = clock.nanoTime();
        if (supervision.dueInNs(nowNs) <= 0) {
            supervision.send(nowNs, links, sequence);
            counters.increment(DupPathCounter.OUT_SUPERVISION);
        }
        int taken = fillBatch();
        if (taken == 0) {
            awaitFrames(nowNs);
            return 0;
        }
        sendBatch();
        inside.ring().release();
        return taken;
    }

    private void awaitFrames(long nowNs) {
        int untilSupervisionMs = (int) (supervision.dueInNs(nowNs) / NANOS_PER_MS) + 1;
        if (pollSet.await(Math.min(POLL_TIMEOUT_MS, untilSupervisionMs)) > 0
                && (pollSet.events(1) & PollSet.POLLERR) != 0) {
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
        if (ring.originalLength() > frame.length()) {
            counters.increment(DupPathCounter.OUT_TOO_LONG);
            return;
        }
        if ((ring.status() & IfPacket.TP_STATUS_CSUMNOTREADY) != 0) {
            counters.increment(DupPathCounter.OUT_CHECKSUM_OPEN);
        }
        VlanTag.restore(ring, frame);
        if (frame.isLinkLocal()) {
            counters.increment(DupPathCounter.OUT_LINK_LOCAL);
            return;
        }
        encode(ring);
    }

    private void encode(PacketRing ring) {
        if (!RedundancyControlTrailer.append(frame, sequence.peek())) {
            counters.increment(DupPathCounter.OUT_TOO_LONG);
            return;
        }
        sequence.next();
        lanIdOffsets[batch.size()] = RedundancyControlTrailer.lanIdOffset(frame);
        batch.add(ring.address(frame.offset()), frame.length());
        counters.increment(DupPathCounter.OUT_SEQUENCED);
    }

    /** The kernel copies while it sends, so between two links only the LAN identifiers are written anew. */
    private void sendBatch() {
        for (int link = 0; link < links.length; link++) {
            if (link > 0) {
                readdressBatch(RedundancyControlTrailer.LAN_A + link);
            }
            links[link].send(batch);
        }
        batch.clear();
    }

    private void readdressBatch(int lanId) {
        for (int i = 0; i < batch.size(); i++) {
            RedundancyControlTrailer.readdress(frame.buffer(), lanIdOffsets[i], lanId);
        }
    }
}
