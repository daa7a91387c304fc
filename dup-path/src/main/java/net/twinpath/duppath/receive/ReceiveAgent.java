package net.twinpath.duppath.receive;

import java.util.List;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.frame.Frame;
import net.twinpath.duppath.frame.RedundancyControlTrailer;
import net.twinpath.duppath.frame.VlanTag;
import net.twinpath.duppath.nodes.NodeTable;
import net.twinpath.duppath.port.Port;
import net.twinpath.duppath.recovery.DuplicateDiscard;
import net.twinpath.linux.EventFd;
import net.twinpath.linux.MessageBatch;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.PollSet;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;

/**
 * Agent that passes the first copy of every frame from the links to the inside port. The methods stand in the order a
 * frame meets them; the order as a whole is in {@link net.twinpath.duppath}.
 */
public final class ReceiveAgent implements Agent {
    /** Links take turns in small steps, so that none runs far ahead of another while both are full. */
    private static final int TURN_FRAMES = 64;

    private static final int POLL_TIMEOUT_MS = 500;
    private static final int EXPIRE_INTERVAL_MS = 1_000;

    private final String pathName;
    private final Port[] links;
    private final Port inside;
    private final long ownAddress;
    private final NodeTable nodes;
    private final DuplicateDiscard discard;
    private final CounterBlock counters;
    private final EpochClock clock;
    private final PollSet pollSet;
    private final MessageBatch batch;
    private final Frame frame;
    private long nowMs;
    private long nextExpireMs;

    /**
     * @param pathName   names the thread
     * @param links      LAN A, LAN B
     * @param inside     frames are handed to this port
     * @param ownAddress source address of our own frames, first octet in bits 47 to 40
     * @param nodes      senders heard
     * @param discard    their sequence numbers; its places are the node table's
     * @param counters   the path's
     * @param clock      milliseconds, never going back
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
            EpochClock clock,
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
        nowMs = clock.time();
        int taken = 0;
        for (int link = 0; link < links.length; link++) {
            taken += takeTurn(link);
        }
        if (taken == 0) {
            expireNodes();
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
        if (nowMs >= nextExpireMs) {
            nodes.expire(nowMs);
            nextExpireMs = nowMs + EXPIRE_INTERVAL_MS;
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
        if (!staysOnLink(linkCounters)) {
            decode(ring, link, linkCounters);
        }
    }

    /** Counts and tells the frames that are for the link itself or have come back to us. */
    private boolean staysOnLink(CounterBlock linkCounters) {
        if (frame.isLinkLocal()) {
            linkCounters.increment(DupPathCounter.RX_LINK_LOCAL);
        } else if (frame.source() == ownAddress) {
            linkCounters.increment(DupPathCounter.RX_OWN);
        } else if (frame.isSupervision()) {
            linkCounters.increment(DupPathCounter.RX_SUPERVISION);
        } else {
            return false;
        }
        return true;
    }

    private void decode(PacketRing ring, int link, CounterBlock linkCounters) {
        if (!RedundancyControlTrailer.isPresent(frame)) {
            linkCounters.increment(DupPathCounter.RX_UNSEQUENCED);
            pass(ring);
            return;
        }
        if (RedundancyControlTrailer.lanId(frame) != RedundancyControlTrailer.LAN_A + link) {
            linkCounters.increment(DupPathCounter.RX_WRONG_LAN);
        }
        if (isFirstCopy()) {
            linkCounters.increment(DupPathCounter.RX_FIRST);
            RedundancyControlTrailer.remove(frame);
            pass(ring);
        } else {
            linkCounters.increment(DupPathCounter.RX_DUPLICATES);
        }
    }

    private boolean isFirstCopy() {
        long sender = frame.source();
        int place = nodes.place(sender, nowMs);
        if (place == NodeTable.NONE) {
            place = nodes.add(sender, nowMs);
            if (place == NodeTable.NONE) {
                counters.increment(DupPathCounter.IN_NODE_TABLE_FULL);
                return true;
            }
            discard.reset(place);
        }
        return discard.accept(place, RedundancyControlTrailer.sequenceNumber(frame), nowMs);
    }

    private void pass(PacketRing ring) {
        batch.add(ring.address(frame.offset()), frame.length());
    }
}
