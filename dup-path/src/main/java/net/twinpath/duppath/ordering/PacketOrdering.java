package net.twinpath.duppath.ordering;

import static net.twinpath.duppath.ordering.HeldFrames.NONE;

import java.util.Arrays;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.OrderingCounter;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The packet ordering function (RFC 9550, Basic POF): holds the frames that recovery passed too far ahead until those
 * missing before them have come, or have not come in time. It never drops a frame. Pure state: no clock, no I/O, nothing
 * allocated once made; for one thread.
 *
 * <ul>
 *   <li>A frame that follows the last one sent (POFLastSent), or is not newer than it, passes at once.
 *   <li>A frame further ahead is copied and held. It goes when all before it have gone, or when it has been held for
 *       POFMaxDelay: then those before it go first, in order, and what is still missing is waited for no more.
 *   <li>A flow's first frame passes whatever its number, also the first after POFTakeAnyTime without any; those
 *       sent before it that come behind it are late.
 *   <li>A frame older than the last sent does not move POFLastSent back, as the next in order would then be held for
 *       nothing. Only when {@link #RESTART_RUN} such frames came in a row, and nothing newer for POFMaxDelay, the sender
 *       is taken to have started again and is followed. Until then its frames pass at once, in the order they come.
 *   <li>A number far ahead, by a restart or forged, is held for POFMaxDelay like any other; the numbers before it then
 *       pass at once, as late, until the rule above follows them again.
 *   <li>Memory is one pool. When more frames are held than it should, the oldest one goes early, with those before it.
 * </ul>
 *
 * <p>What a gap costs: every frame behind it waits up to POFMaxDelay, and takes memory for as long. A PRP sender has one
 * counter for all its destinations, so what it sends elsewhere is a gap here that never closes: a node that talks to two
 * others in turn has nearly every frame delayed by the whole POFMaxDelay. Ordering is for flows whose every number comes
 * this way: an FRER stream, or two nodes that speak to each other only.
 *
 * <pre>
 *  each round: nextReleased until false        frames that came due meanwhile
 *              for each frame that recovery passed, up to batchFrames of them
 *                  arrive; FORWARD_NOW: add the frame to the batch
 *                  nextReleased until false: add each to the batch
 *              send the batch, recycle, wait no longer than dueInNs
 * </pre>
 *
 * One round may release all frames there are. When the batch is full it is sent and filled again; frames released stay
 * where they lie until {@link #recycle}.
 */
public final class PacketOrdering {
    /** The caller forwards the frame from where it lies, before any that is released then. */
    public static final int FORWARD_NOW = 0;

    /** The frame was copied: it comes out of {@link #nextReleased}, at the earliest right now. */
    public static final int HELD = 1;

    /** Older frames in a row that tell a sender's restart, if nothing newer came for POFMaxDelay. */
    public static final int RESTART_RUN = 16;

    private final HeldFrames frames;
    private final int heldLimit;
    private final long maxDelayNs;
    private final long takeAnyNs;
    private final CounterBlock counters = CounterBlock.ofOrdering();

    /** POFLastSent of each flow, counted on over the wrap in 32 bits, so that all numbers held compare. */
    private final int[] lastSent;

    private final boolean[] takesAny;
    private final long[] lastArrivalNs;
    private final long[] lastNewerNs;
    private final int[] olderInRow;

    /** The held frame with the lowest number. */
    private final int[] firstHeld;

    private int released;

    /**
     * Makes all flows take any number.
     *
     * @param frameMemory   {@code frames * bytesPerFrame} octets
     * @param frames        slots of memory, {@code batchFrames} of them kept for what is released and not yet sent
     * @param bytesPerFrame the longest frame that can be held, octets
     * @param batchFrames   most calls of {@link #arrive} between two of {@link #recycle}
     * @param flows         places of flows, numbered from 0
     * @param maxDelayNs    POFMaxDelay: how long a frame is held at most, nanoseconds
     * @param takeAnyNs     POFTakeAnyTime: after so long without a frame the next may have any number, nanoseconds
     * @throws IllegalArgumentException when the memory does not fit the numbers, or has no slot for a held frame, or
     *     {@code takeAnyNs} is less than {@code maxDelayNs}
     */
    public PacketOrdering(
            MutableDirectBuffer frameMemory,
            int frames,
            int bytesPerFrame,
            int batchFrames,
            int flows,
            long maxDelayNs,
            long takeAnyNs) {
        if (frames <= batchFrames || (long) frames * bytesPerFrame > frameMemory.capacity()) {
            throw new IllegalArgumentException("packet ordering: " + frames + " frames of " + bytesPerFrame
                    + " octets must be more than the " + batchFrames + " of a batch and fit into "
                    + frameMemory.capacity() + " octets");
        }
        if (maxDelayNs < 0 || takeAnyNs < maxDelayNs) {
            throw new IllegalArgumentException("packet ordering: POFTakeAnyTime, " + takeAnyNs
                    + " ns, must not be less than POFMaxDelay, " + maxDelayNs + " ns");
        }
        this.frames = new HeldFrames(frameMemory, frames, bytesPerFrame);
        this.heldLimit = frames - batchFrames;
        this.maxDelayNs = maxDelayNs;
        this.takeAnyNs = takeAnyNs;
        lastSent = new int[flows];
        takesAny = new boolean[flows];
        lastArrivalNs = new long[flows];
        lastNewerNs = new long[flows];
        olderInRow = new int[flows];
        firstHeld = new int[flows];
        Arrays.fill(takesAny, true);
        Arrays.fill(firstHeld, NONE);
    }

    /**
     * Decides on a frame that recovery passed; {@link #nextReleased} is to be called until it is false before the next.
     *
     * @param flow           place of the frame's flow
     * @param sequenceNumber 0 to 65535
     * @param buffer         memory the frame lies in
     * @param offset         of its first octet
     * @param length         octets
     * @param nowNs          time of arrival; any clock that does not go back
     * @return {@link #FORWARD_NOW} or {@link #HELD}
     */
    public int arrive(int flow, int sequenceNumber, DirectBuffer buffer, int offset, int length, long nowNs) {
        int ahead = (short) (sequenceNumber - lastSent[flow]);
        int number = lastSent[flow] + ahead;
        boolean takeAny = takesAny(flow, nowNs);
        lastArrivalNs[flow] = nowNs;
        if (!takeAny && ahead <= 0) {
            onOlder(flow, number, nowNs);
            return FORWARD_NOW;
        }
        lastNewerNs[flow] = nowNs;
        olderInRow[flow] = 0;
        if (takeAny || ahead == 1) {
            sent(flow, number);
            return FORWARD_NOW;
        }
        if (!frames.hasRoom(length)) {
            counters.increment(OrderingCounter.PASSED_UNHELD);
            sent(flow, number);
            return FORWARD_NOW;
        }
        int slot = frames.hold(flow, number, buffer, offset, length, nowNs);
        firstHeld[flow] = frames.meld(firstHeld[flow], slot);
        counters.increment(OrderingCounter.HELD);
        keepWithinLimit();
        return HELD;
    }

    /** Frames that are still held were not given their time yet, or the caller is late: they keep their order. */
    private boolean takesAny(int flow, long nowNs) {
        boolean silent = nowNs - lastArrivalNs[flow] > takeAnyNs;
        return takesAny[flow] || (silent && firstHeld[flow] == NONE);
    }

    private void onOlder(int flow, int number, long nowNs) {
        counters.increment(OrderingCounter.PASSED_LATE);
        olderInRow[flow]++;
        if (olderInRow[flow] >= RESTART_RUN && nowNs - lastNewerNs[flow] > maxDelayNs) {
            olderInRow[flow] = 0;
            lastSent[flow] = number;
        }
    }

    /** Moves on to a number, and releases the frames it was the last to be missing before. */
    private void sent(int flow, int number) {
        takesAny[flow] = false;
        lastSent[flow] = number;
        releaseFollowing(flow);
    }

    private void releaseFollowing(int flow) {
        while (firstHeld[flow] != NONE && frames.number(firstHeld[flow]) - lastSent[flow] <= 1) {
            releaseFirst(flow);
            counters.increment(OrderingCounter.RELEASED_IN_ORDER);
        }
    }

    private void releaseFirst(int flow) {
        int first = firstHeld[flow];
        firstHeld[flow] = frames.release(first);
        if (frames.number(first) - lastSent[flow] > 0) {
            lastSent[flow] = frames.number(first);
        }
    }

    private void keepWithinLimit() {
        if (frames.count() > heldLimit) {
            counters.add(OrderingCounter.RELEASED_EARLY, releaseOldest());
        }
    }

    /** Releases the frame held longest, with those before it in its flow; answers how many, without those that follow. */
    private int releaseOldest() {
        int oldest = frames.oldest();
        int flow = frames.flow(oldest);
        int count = 0;
        int first;
        do {
            first = firstHeld[flow];
            releaseFirst(flow);
            count++;
        } while (first != oldest);
        releaseFollowing(flow);
        return count;
    }

    /**
     * Moves to the next frame that is to be sent, which lies in the frame memory until {@link #recycle}.
     *
     * @return false when there is none
     */
    public boolean nextReleased(long nowNs) {
        int slot = frames.take();
        if (slot == NONE && isOldestDue(nowNs)) {
            counters.add(OrderingCounter.RELEASED_BY_DELAY, releaseOldest());
            slot = frames.take();
        }
        if (slot != NONE) {
            released = slot;
        }
        return slot != NONE;
    }

    private boolean isOldestDue(long nowNs) {
        int oldest = frames.oldest();
        return oldest != NONE && nowNs - frames.arrivedNs(oldest) >= maxDelayNs;
    }

    /** Where the released frame's first octet lies in the frame memory. */
    public int releasedOffset() {
        return frames.offset(released);
    }

    /** Octets of the released frame. */
    public int releasedLength() {
        return frames.length(released);
    }

    /** All frames that {@link #nextReleased} has moved to were sent: their memory is free again. */
    public void recycle() {
        frames.recycle();
    }

    /**
     * How long until {@link #nextReleased} has a frame, if none arrives before, nanoseconds.
     *
     * @return 0 when it has one now, {@link Long#MAX_VALUE} when none is held
     */
    public long dueInNs(long nowNs) {
        if (frames.hasReleased()) {
            return 0;
        }
        int oldest = frames.oldest();
        return oldest == NONE ? Long.MAX_VALUE : Math.max(0, frames.arrivedNs(oldest) + maxDelayNs - nowNs);
    }

    /** Gives a flow's place to another sender, or lets the same one start at any number; what is held is released. */
    public void reset(int flow) {
        while (firstHeld[flow] != NONE) {
            releaseFirst(flow);
            counters.increment(OrderingCounter.RELEASED_EARLY);
        }
        takesAny[flow] = true;
        olderInRow[flow] = 0;
    }

    /** May be read by any thread. */
    public CounterBlock counters() {
        return counters;
    }
}
