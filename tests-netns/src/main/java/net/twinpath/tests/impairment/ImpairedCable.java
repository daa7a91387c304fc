package net.twinpath.tests.impairment;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import net.twinpath.linux.PacketSocket;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.CableEnds;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.RequiredCommands;
import net.twinpath.tests.fixture.Wire;
import net.twinpath.tests.fixture.Worker;

/**
 * A wire between two hosts whose frames two threads of this program carry, one for each direction, each impaired for
 * itself and changed at any time. Frames are sent past the queueing discipline, so a capture inside would not see them.
 *
 * <p>What is left to chance follows from the cable's seed, its label and the direction. It begins anew with each change
 * of a direction's impairment, so what happens from then on can be foretold with {@link #line}.
 */
public final class ImpairedCable implements Wire {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** Room at each end for what arrives while its thread does not run. */
    private static final int RING_FRAMES = 4096;

    /** Frames under way at once in one direction. */
    private static final int HELD_FRAMES = 4096;

    /** Ethernet header and two VLAN tags. */
    private static final int HEADER_OCTETS = 14 + 2 * 4;

    private final CableEnds ends;
    private final PacketSocket socketAtFirst;
    private final PacketSocket socketAtSecond;
    private final long seedTowardsFirst;
    private final long seedTowardsSecond;
    private final Forwarder towardsFirst;
    private final Forwarder towardsSecond;
    private final List<Future<Boolean>> threads;
    private boolean closed;

    private ImpairedCable(CableEnds ends, long seed, int mtu) {
        SplittableRandom seeds = new SplittableRandom(seed);
        this.ends = ends;
        this.seedTowardsFirst = seeds.nextLong();
        this.seedTowardsSecond = seeds.nextLong();
        int longestFrame = mtu + HEADER_OCTETS;
        this.socketAtFirst = open(CableEnds.FIRST, longestFrame);
        this.socketAtSecond = open(CableEnds.SECOND, longestFrame);
        this.towardsFirst = new Forwarder(
                socketAtSecond,
                socketAtFirst,
                new ImpairedLine(seedTowardsFirst, Impairment.NONE),
                HELD_FRAMES,
                longestFrame);
        this.towardsSecond = new Forwarder(
                socketAtFirst,
                socketAtSecond,
                new ImpairedLine(seedTowardsSecond, Impairment.NONE),
                HELD_FRAMES,
                longestFrame);
        this.threads = List.of(start("towards-first", towardsFirst), start("towards-second", towardsSecond));
    }

    /** Cables of the default MTU with this seed, as {@link #connect} makes them. */
    public static Wire.Kind<ImpairedCable> kind(long seed) {
        return (label, first, firstInterface, second, secondInterface) ->
                connect(label, seed, first, firstInterface, second, secondInterface);
    }

    /**
     * Makes a cable of the default MTU that does no harm yet, and the two interfaces it ends at; those are left down.
     *
     * @param seed decides, with the label, everything that is left to chance
     */
    public static ImpairedCable connect(
            String label, long seed, Namespace first, String firstInterface, Namespace second, String secondInterface) {
        return connect(label, seed, CableEnds.DEFAULT_MTU, first, firstInterface, second, secondInterface);
    }

    /**
     * Makes a cable that does no harm yet, and the two interfaces it ends at; those are left down, with an MTU of 1 500.
     *
     * @param seed decides, with the label, everything that is left to chance
     * @param mtu  largest frame that passes, in octets after the Ethernet header and its VLAN tag
     */
    public static ImpairedCable connect(
            String label,
            long seed,
            int mtu,
            Namespace first,
            String firstInterface,
            Namespace second,
            String secondInterface) {
        RequiredCommands.check("ethtool");
        CableEnds ends = CableEnds.make(label, mtu, first, firstInterface, second, secondInterface);
        leaveFramesAsTheyAre(ends.inside(), CableEnds.FIRST);
        leaveFramesAsTheyAre(ends.inside(), CableEnds.SECOND);
        leaveFramesAsTheyAre(first, firstInterface);
        leaveFramesAsTheyAre(second, secondInterface);
        return new ImpairedCable(ends, seed + label.hashCode(), mtu);
    }

    /** A real line carries no merged segments and no frames whose checksum is still to be computed. */
    private static void leaveFramesAsTheyAre(Namespace namespace, String interfaceName) {
        namespace.run("ethtool", "-K", interfaceName, "tx", "off", "tso", "off", "gso", "off", "gro", "off");
    }

    private PacketSocket open(String end, int longestFrame) {
        int index = ends.inside().interfaceIndex(end);
        return ends.inside().call(() -> PacketSocket.open(end, index, RING_FRAMES, longestFrame));
    }

    private Future<Boolean> start(String direction, Forwarder forwarder) {
        return Worker.start(this + "-" + direction, () -> {
            forwarder.run();
            return true;
        });
    }

    /** Impairs frames on their way to one of the two hosts from here on; those under way keep their times. */
    public void impair(Namespace towards, Impairment impairment) {
        ImpairedLine line = line(towards, impairment);
        forwarder(towards).impair(line);
    }

    /** Impairs both directions alike, each with its own chances. */
    public void impair(Impairment impairment) {
        impair(ends.first(), impairment);
        impair(ends.second(), impairment);
    }

    /** A line that decides just as the one towards a host does after {@link #impair}: tells what is going to happen. */
    public ImpairedLine line(Namespace towards, Impairment impairment) {
        return new ImpairedLine(ends.isFirst(towards) ? seedTowardsFirst : seedTowardsSecond, impairment);
    }

    /** What the direction towards a host has counted since the cable was made. */
    public long count(Namespace towards, LineCounter counter) {
        return forwarder(towards).count(counter);
    }

    private Forwarder forwarder(Namespace towards) {
        return ends.isFirst(towards) ? towardsFirst : towardsSecond;
    }

    /** Pulls the plug: both hosts see the carrier go. Frames still under way when it is back arrive then. */
    @Override
    public void cut() {
        ends.down();
    }

    @Override
    public void heal() {
        impair(Impairment.NONE);
        ends.up();
    }

    /**
     * Stops the threads and removes the cable, with the interfaces it ends at.
     *
     * @throws IllegalStateException when a thread had failed, with its failure as the cause
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        towardsFirst.stop();
        towardsSecond.stop();
        try {
            threads.forEach(thread -> Await.result("end of a thread of " + this, STOP_LIMIT, thread));
            closeSockets();
        } finally {
            ends.close();
        }
    }

    /** Only when both threads have ended: each receives at one socket and sends at the other. */
    private void closeSockets() {
        towardsFirst.close();
        towardsSecond.close();
        socketAtFirst.close();
        socketAtSecond.close();
    }

    @Override
    public String toString() {
        return ends.toString();
    }
}
