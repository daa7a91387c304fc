package net.twinpath.duppath.receive;

import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyControlTrailer;
import net.twinpath.duppath.frame.SupervisionFrame;
import net.twinpath.duppath.frame.VlanTag;
import net.twinpath.duppath.nodes.NodeTable;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.recovery.DuplicateDiscard;
import net.twinpath.linux.EventFd;
import net.twinpath.linux.MessageBatch;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.PollSet;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Agent that passes the first copy of every frame from the links to the inside port. The methods stand in the order a
 * frame meets them; the order as a whole is in {@link net.twinpath.duppath}.
 */
public final class ReceiveAgent implements Agent {
    /** Links take turns in small steps, so that none runs far ahead of another while both are full. */
    private static final int TURN_FRAMES = 64;

    private static final int POLL_TIMEOUT_MS = 500;
    private static final long EXPIRE_INTERVAL_NS = 1_000_000_000L;

    private final String pathName;
    private final Port[] links;
    private final Port inside;
    private final long ownAddress;
    private final NodeTable nodes;
    private final DuplicateDiscard discard;
    private final CounterBlock counters;
    private final NanoClock clock;
    private final PollSet pollSet;
    private final MessageBatch batch;
    private final Frame frame;
    private long nowNs;
    private long nextExpireNs;

    /**
     * @param pathName   names the thread
     * @param links      LAN A, LAN B
     * @param inside     frames are handed to this port
     * @param ownAddress source address of our own frames, first octet in bits 47 to 40
     * @param nodes      senders heard
     * @param discard    their sequence numbers; its places are the node table's
     * @param counters   the path's
     * @param clock      nanoseconds, never going back
     * @param wake       becomes readable when the agent is to end
     */
    public ReceiveAgent(
            String pathName,
            List<Port> links,
            Port inside,
            long ownAddress,
            NodeTable nodes,
            DuplicateDiscard discard,
            CounterBlock counters,
            NanoClock clock,
            EventFd wake) {
        this.pathName = pathName;
        this.links = links.toArray(new Port[0]);
        this.inside = inside;
        this.ownAddress = ownAddress;
        this.nodes = nodes;
        this.discard = discard;
        this.counters = counters;
        this.clock = clock;
        this.pollSet = new PollSet(pollDescriptors(wake, this.links));
        this.batch = new MessageBatch(TURN_FRAMES * links.size());
        this.frame = new Frame(this.links[0].ring().buffer());
    }

    private static int[] pollDescriptors(EventFd wake, Port[] links) {
        int[] fds = new int[1 + links.length];
        fds[0] = wake.fd();
        for (int link = 0; link < links.length; link++) {
            fds[1 + link] = links[link].fd();
        }
        return fds;
    }

    @Override
    public String roleName() {
        return pathName + "-receive";
    }

    @Override
    public int doWork() {
        nowNs = clock.nanoTime();
        int taken = 0;
        for (int link = 0; link < links.length; link++) {
            taken += takeTurn(link);
        }
        expireNodes();
        if (taken == 0) {
            awaitFrames();
            return 0;
        }
        inside.send(batch);
        batch.clear();
        for (Port link : links) {
            link.ring().release();
        }
        return taken;
    }

    private void awaitFrames() {
        if (pollSet.await(POLL_TIMEOUT_MS) == 0) {
            return;
        }
        for (int link = 0; link < links.length; link++) {
            if ((pollSet.events(1 + link) & PollSet.POLLERR) != 0 && links[link].takeError() != 0) {
                links[link].counters().increment(DupPathCounter.RX_PORT_ERRORS);
            }
        }
    }

    private void expireNodes() {
        if (nowNs - nextExpireNs >= 0) {
            nodes.expire(nowNs);
            nextExpireNs = nowNs + EXPIRE_INTERVAL_NS;
        }
    }

    private int takeTurn(int link) {
        PacketRing ring = links[link].ring();
        CounterBlock linkCounters = links[link].counters();
        int taken = 0;
        while (taken < TURN_FRAMES && ring.next()) {
            onFrame(ring, link, linkCounters);
            taken++;
        }
        linkCounters.add(DupPathCounter.RX_FRAMES, taken);
        return taken;
    }

    private void onFrame(PacketRing ring, int link, CounterBlock linkCounters) {
        frame.wrap(ring);
        if (frame.isTooShort()) {
            linkCounters.increment(DupPathCounter.RX_TOO_SHORT);
            return;
        }
        if (ring.originalLength() > frame.length()) {
            linkCounters.increment(DupPathCounter.RX_TOO_LONG);
            return;
        }
        VlanTag.restore(ring, frame);
        if (!staysOnLink(link, linkCounters)) {
            decode(ring, link, linkCounters);
        }
    }

    /** Counts and tells the frames that are for the link itself or have come back to us. */
    private boolean staysOnLink(int link, CounterBlock linkCounters) {
        if (frame.isLinkLocal()) {
            linkCounters.increment(DupPathCounter.RX_LINK_LOCAL);
        } else if (frame.source() == ownAddress) {
            linkCounters.increment(DupPathCounter.RX_OWN);
        } else if (frame.isSupervision()) {
            linkCounters.increment(DupPathCounter.RX_SUPERVISION);
            onSupervision(link, linkCounters);
        } else {
            return false;
        }
        return true;
    }

    private void onSupervision(int link, CounterBlock linkCounters) {
        if (!SupervisionFrame.isValid(frame)) {
            linkCounters.increment(DupPathCounter.RX_SUPERVISION_BAD);
            return;
        }
        int place = sequencedPlace(SupervisionFrame.node(frame));
        if (place != NodeTable.NONE) {
            nodes.heard(place, link, nowNs);
            if (SupervisionFrame.isFromRedBox(frame)) {
                nodes.announcedByRedBox(place, SupervisionFrame.redBox(frame));
            } else {
                nodes.announced(place);
            }
        }
    }

    private void decode(PacketRing ring, int link, CounterBlock linkCounters) {
        if (!RedundancyControlTrailer.isPresent(frame)) {
            linkCounters.increment(DupPathCounter.RX_UNSEQUENCED);
            noteUnsequenced(link);
            pass(ring);
            return;
        }
        if (RedundancyControlTrailer.lanId(frame) != RedundancyControlTrailer.LAN_A + link) {
            linkCounters.increment(DupPathCounter.RX_WRONG_LAN);
        }
        if (discards(link, linkCounters)) {
            return;
        }
        linkCounters.increment(DupPathCounter.RX_FIRST);
        RedundancyControlTrailer.remove(frame);
        pass(ring);
    }

    private void noteUnsequenced(int link) {
        long sender = frame.source();
        int place = nodes.place(sender);
        if (place == NodeTable.NONE) {
            place = nodes.addUnsequenced(sender);
        }
        if (place != NodeTable.NONE) {
            nodes.heard(place, link, nowNs);
        }
    }

    /** Counts and tells the frames whose number was heard before. */
    private boolean discards(int link, CounterBlock linkCounters) {
        int place = sequencedPlace(frame.source());
        if (place == NodeTable.NONE) {
            counters.increment(DupPathCounter.IN_NODE_TABLE_FULL);
            return false;
        }
        nodes.heard(place, link, nowNs);
        int verdict = discard.accept(place, link, RedundancyControlTrailer.sequenceNumber(frame), nowNs);
        switch (verdict) {
            case DuplicateDiscard.DUPLICATE -> linkCounters.increment(DupPathCounter.RX_DUPLICATES);
            case DuplicateDiscard.REPEAT -> linkCounters.increment(DupPathCounter.RX_REPEATED);
            case DuplicateDiscard.RESTART -> counters.increment(DupPathCounter.IN_SENDER_RESTARTS);
            default -> {}
        }
        return verdict == DuplicateDiscard.DUPLICATE || verdict == DuplicateDiscard.REPEAT;
    }

    /** The place of a node that sends trailers, with its discard memory ready; {@link NodeTable#NONE} when all are taken. */
    private int sequencedPlace(long sender) {
        int place = nodes.place(sender);
        if (place != NodeTable.NONE && nodes.isSequenced(place)) {
            return place;
        }
        if (place == NodeTable.NONE) {
            place = nodes.addSequenced(sender);
        } else {
            nodes.markSequenced(place);
        }
        if (place != NodeTable.NONE) {
            discard.reset(place);
        }
        return place;
    }

    private void pass(PacketRing ring) {
        batch.add(ring.address(frame.offset()), frame.length());
    }
}
