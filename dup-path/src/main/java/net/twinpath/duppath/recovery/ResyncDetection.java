package net.twinpath.duppath.recovery;

import java.util.Arrays;
import java.util.List;
import net.twinpath.duppath.state.StateInput;
import net.twinpath.duppath.state.StateOutput;

/**
 * Tells a sender whose numbers have jumped from a link that is merely late, forged numbers and repeated frames. Ours, not
 * the standard's. Pure state: no clock, no I/O, nothing allocated once made; for one thread.
 *
 * <p>Each frame speaks either for the window or against it, and each link's last word counts. Against it speaks a number
 * the window does not reach, and one of the window that is more than {@link #NEAR} behind the newest its own link has
 * brought. All others speak for it, copies of frames passed before included. A frame that speaks against the window passes
 * all the same, or the window is given up for its number, when
 *
 * <ul>
 *   <li><b>links agree</b>: another link's last word was against it too, at most {@link #NEAR} numbers behind this one or
 *       a history length ahead, or this very number was among what that link brought against it in the last
 *       {@link #DISPROVED_SILENCE_NS}. The frame passes then, and the window is given up for the third
 *       such in a row (see {@link AgreedNumbers}): a number forged on all links passes, and the window stays. Nothing more
 *       is asked for a number ahead of the window when the link that spoke for it last is now against it as well;
 *   <li>or <b>a link insists</b>: it has brought {@link #RUN} ascending numbers, each at most {@link #NEAR} from the one
 *       before, since it last spoke for the window;
 *   <li>and else <b>the window is silent</b>: nothing has spoken for it for {@link #AHEAD_SILENCE_NS}, or
 *       {@link #BEHIND_SILENCE_NS} when the number is behind it;
 *   <li>a link is <b>disproved</b> when another has spoken for the window since, and has not turned against it itself: it
 *       is late, or leads by more than the history. It is no link to agree with, and must insist itself while the window is
 *       silent for {@link #DISPROVED_SILENCE_NS};
 *   <li>a window that is fed is <b>outvoted</b> by three numbers in a row outside it that came by every link that feeds it
 *       and by another one: somebody on a link feeds it, and the sender is elsewhere. So it is when all links that fed it
 *       bring them and nothing else: the sender has started again. Whoever fed the window before cannot insist where he was
 *       unless it is silent for {@link #RIVAL_SILENCE_NS}.
 * </ul>
 *
 * <p>Silence is measured by the times at which frames arrived, not by when they were looked at. Sixteen bits do not tell a
 * link that is late by more than half their range from one that leads.
 *
 * <pre>
 *  memory of one link (16 octets)
 *  newest number that spoke for the window, -1 when there is none, s32
 *  last number that spoke against it, s32
 *  ascending numbers against it in a row, s32
 *  links that have spoken for it since, one bit each
 * </pre>
 */
final class ResyncDetection {
    /** Ascending numbers in a row that show a jump: one may be forged or damaged, two may be its copy. */
    static final int RUN = 3;

    /** How far apart numbers in a row may be, and how far frames change places on one link: a batch of a driver's. */
    static final int NEAR = 64;

    /** Longer than a driver's batch keeps another link's frames waiting. */
    static final long AHEAD_SILENCE_NS = 5_000_000;

    /**
     * Longer, for a late link's numbers are behind the window, too. A cut of both links that makes numbers look so, by half
     * the range of numbers, is longer still up to 1.6 million frames a second, and so is a sender's restart.
     */
    static final long BEHIND_SILENCE_NS = 20_000_000;

    /** A sender of two frames a second is not silent yet, whose window somebody wants back who had it before. */
    static final long RIVAL_SILENCE_NS = 1_000_000_000;

    /** Longer than a link is late by, when it is: after that time its numbers have reached the window. */
    static final long DISPROVED_SILENCE_NS = 100_000_000;

    /** The frame is to be dropped: the window stands. */
    static final int STANDS = 0;

    /** The frame is to be dropped as a copy of one that was passed so: the window stands. */
    static final int KNOWN = 1;

    /** The frame is to be passed, and the window stands. */
    static final int PASSES = 2;

    /** The frame is to be passed, and the window to begin with it. */
    static final int GIVEN_UP = 3;

    /** More than are forged, at a thousand a second, while one link is behind another by 50 ms. */
    private static final int HEARD = 64;

    private static final int NONE = -1;

    private final int historyLength;
    private final int[] newestFor;
    private final int[] lastAgainst;
    private final int[] run;
    private final int[] disprovedBy;
    private final int[] heard;
    private final long[] heardNs;
    private final int[] heardCount;
    private final long[] lastForNsOf;
    private final AgreedNumbers agreed = new AgreedNumbers();
    private final AgreedNumbers outvoting = new AgreedNumbers();

    /** Whether the window was taken from somebody, and his newest number and when it was heard. */
    private boolean hasRival;

    private int rivalNumber;
    private long rivalNs;

    /** Links whose last word was against the window, one bit each. */
    private int against;

    /** Links that have spoken for the window since it began, one bit each. */
    private int speakers;

    private int lastLinkFor;
    private long lastForNs;

    ResyncDetection(int historyLength, int links) {
        this.historyLength = historyLength;
        newestFor = new int[links];
        lastAgainst = new int[links];
        run = new int[links];
        disprovedBy = new int[links];
        heard = new int[links * HEARD];
        heardNs = new long[links * HEARD];
        heardCount = new int[links];
        lastForNsOf = new long[links];
        forget();
    }

    void save(StateOutput out) {
        List.of(newestFor, lastAgainst, run, disprovedBy, heard, heardCount).forEach(out::putInts);
        out.putLongs(heardNs);
        out.putLongs(lastForNsOf);
        agreed.save(out);
        outvoting.save(out);
        out.putBoolean(hasRival);
        out.putInt(rivalNumber);
        out.putLong(rivalNs);
        out.putInt(against);
        out.putInt(speakers);
        out.putInt(lastLinkFor);
        out.putLong(lastForNs);
    }

    void load(StateInput in) {
        List.of(newestFor, lastAgainst, run, disprovedBy, heard, heardCount).forEach(in::getInts);
        in.getLongs(heardNs);
        in.getLongs(lastForNsOf);
        agreed.load(in);
        outvoting.load(in);
        hasRival = in.getBoolean();
        rivalNumber = in.getInt();
        rivalNs = in.getLong();
        against = in.getInt();
        speakers = in.getInt();
        lastLinkFor = in.getInt();
        lastForNs = in.getLong();
    }

    void forget() {
        hasRival = false;
        Arrays.fill(newestFor, NONE);
        forgetHeard();
        forgetAgreed();
    }

    private void forgetHeard() {
        Arrays.fill(heardCount, 0);
        against = 0;
        speakers = 0;
        outvoting.forget();
    }

    /** Begins a new list of the numbers that passed because links agreed on them. */
    void forgetAgreed() {
        agreed.forget();
    }

    /** Notes that the window was given up: what spoke against it last speaks for the new one. */
    void windowGivenUp() {
        for (int link = 0; link < newestFor.length; link++) {
            newestFor[link] = (against & 1 << link) != 0 ? lastAgainst[link] : NONE;
        }
        forgetHeard();
    }

    /**
     * Notes a frame that speaks for the window.
     *
     * @param newest the window's newest number, the frame's own included
     */
    void speaksFor(int link, int number, int newest, long nowNs) {
        lastLinkFor = link;
        lastForNs = nowNs;
        speakers |= 1 << link;
        lastForNsOf[link] = nowNs;
        int own = newestFor[link];
        if ((short) (number - own) > 0 || !isInWindow(own, newest)) {
            newestFor[link] = number;
        }
        against &= ~(1 << link);
        for (int others = against; others != 0; others &= others - 1) {
            disprovedBy[Integer.numberOfTrailingZeros(others)] |= 1 << link;
        }
    }

    /**
     * Whether a number behind the window's newest is out of the order the link keeps. After a long silence nothing is left
     * that could be out of order.
     */
    boolean hasGoneBack(int link, int number, int newest, long nowNs) {
        int own = newestFor[link];
        boolean hasBefore = (against & 1 << link) != 0;
        int near = nowNs - lastForNs < DISPROVED_SILENCE_NS ? NEAR : hasBefore ? -1 : 0;
        return (short) (own - number) > near && isInWindow(own, newest);
    }

    private boolean isInWindow(int own, int newest) {
        int behind = (short) (newest - own);
        return own != NONE && behind >= 0 && behind < historyLength;
    }

    /**
     * Notes a frame that speaks against the window.
     *
     * @param isBehind whether its number is behind the window's newest
     * @return {@link #STANDS}, {@link #KNOWN}, {@link #PASSES} or {@link #GIVEN_UP}
     */
    int speaksAgainst(int link, int number, boolean isBehind, long nowNs) {
        noteAgainst(link, number);
        boolean isAgreed = agrees(link, number, nowNs);
        noteHeard(link, number, nowNs);
        long silenceNs = nowNs - lastForNs;
        boolean insists = run[link] >= RUN && !(isRivals(number, nowNs) && silenceNs < RIVAL_SILENCE_NS);
        if (isDisproved(link)) {
            return insists && silenceNs >= DISPROVED_SILENCE_NS ? GIVEN_UP : STANDS;
        }
        boolean isSilent = silenceNs >= (isBehind ? BEHIND_SILENCE_NS : AHEAD_SILENCE_NS);
        if (insists && isSilent) {
            return GIVEN_UP;
        }
        boolean isAbandoned = !isBehind && (against & 1 << lastLinkFor) != 0;
        return isAgreed && (isSilent || isAbandoned) ? agreed.add(number) : STANDS;
    }

    private void noteAgainst(int link, int number) {
        int bit = 1 << link;
        int step = (short) (number - lastAgainst[link]);
        if ((against & bit) == 0) {
            disprovedBy[link] = 0;
            run[link] = 0;
        }
        if (run[link] == 0 || step > NEAR || step < -NEAR) {
            run[link] = 1;
            lastAgainst[link] = number;
        } else if (step > 0) {
            run[link]++;
            lastAgainst[link] = number;
        }
        against |= bit;
    }

    /** Whether a link that still stands for the window has spoken for it since this one turned against it. */
    private boolean isDisproved(int link) {
        return (disprovedBy[link] & ~against) != 0;
    }

    private void noteHeard(int link, int number, long nowNs) {
        int count = heardCount[link];
        int place = link * HEARD + count % HEARD;
        heard[place] = number;
        heardNs[place] = nowNs;
        // A link that is late for good adds to it for months.
        heardCount[link] = count == 2 * HEARD - 1 ? HEARD : count + 1;
    }

    private boolean agrees(int link, int number, long nowNs) {
        for (int other = 0; other < newestFor.length; other++) {
            if (other != link
                    && !isDisproved(other)
                    && (isLastWordNear(other, number) || hasHeard(other, number, nowNs))) {
                return true;
            }
        }
        return false;
    }

    private boolean isLastWordNear(int other, int number) {
        int lead = (short) (lastAgainst[other] - number);
        return (against & 1 << other) != 0 && lead >= -NEAR && lead < Math.max(historyLength, NEAR);
    }

    private boolean hasHeard(int other, int number, long nowNs) {
        for (int i = other * HEARD; i < other * HEARD + Math.min(heardCount[other], HEARD); i++) {
            if (heard[i] == number && nowNs - heardNs[i] < DISPROVED_SILENCE_NS) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the window, which stands, is given up for a number outside it that was just heard: for the third in a row that
     * two links or more have brought, among them every one that spoke for the window in the last
     * {@link #DISPROVED_SILENCE_NS}; one of the two has not, or all of these have turned against it.
     *
     * @param newest the window's
     * @return {@link #STANDS}, {@link #KNOWN} or {@link #GIVEN_UP}
     */
    int outvotes(int number, int newest, long nowNs) {
        int feeding = 0;
        int bringing = 0;
        for (int link = 0; link < newestFor.length; link++) {
            boolean speaksFor = (speakers & 1 << link) != 0 && nowNs - lastForNsOf[link] < DISPROVED_SILENCE_NS;
            boolean brings = hasHeard(link, number, nowNs);
            if (speaksFor && !brings) {
                return STANDS;
            }
            feeding |= speaksFor ? 1 << link : 0;
            bringing |= brings ? 1 << link : 0;
        }
        boolean isUnanimous = bringing != feeding || (feeding & ~against) == 0;
        if (feeding == 0 || Integer.bitCount(bringing) < 2 || !isUnanimous || outvoting.add(number) != GIVEN_UP) {
            return STANDS;
        }
        if ((agreed.passedUpTo(number) & 1) != 0) {
            return KNOWN;
        }
        hasRival = true;
        rivalNumber = newest;
        rivalNs = nowNs;
        return GIVEN_UP;
    }

    /** Whether a number goes on with those of the sender the window was taken from. */
    private boolean isRivals(int number, long nowNs) {
        int step = (short) (number - rivalNumber);
        if (!hasRival || step < -NEAR || step > NEAR || nowNs - rivalNs >= RIVAL_SILENCE_NS) {
            return false;
        }
        rivalNumber = step > 0 ? number : rivalNumber;
        rivalNs = nowNs;
        return true;
    }

    /** Whether frames passed because links agreed on them since the window began. */
    boolean hasAgreed() {
        return !agreed.isEmpty();
    }

    /** Which of this number, in bit 0, and the 63 before it passed because links agreed on them. */
    long agreedUpTo(int number) {
        return agreed.passedUpTo(number);
    }
}
