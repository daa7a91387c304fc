package net.twinpath.daemon.path;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import net.twinpath.duppath.counters.DupPathCounter;

/**
 * One path doing without one of its links on purpose: nothing is sent on that link, and what comes over it is passed on,
 * but counted where no other link brought it. So the drill itself loses nothing of what is received.
 */
final class Drill {
    /** A batch of frames that the receive agent is at work on is done by then. */
    private static final long SAMPLE_NS = 1_000_000;

    private final RunningPath path;
    private final RunningLink link;
    private final Instant until;
    private final long passedAtBegin;
    private final List<Other> others;
    private long passed;

    /**
     * Takes the link out of use.
     *
     * @param until when it is put back, for those who ask
     */
    Drill(RunningPath path, RunningLink link, Instant until) {
        this.path = path;
        this.link = link;
        this.until = until;
        this.others = path.links().stream()
                .filter(other -> other != link)
                .map(other -> new Other(path, other))
                .toList();
        this.passedAtBegin = path.passed();
        link.drill(true);
    }

    RunningPath path() {
        return path;
    }

    /** Whether the path still has the link it had; a reload or a failure may have made another of it. */
    boolean isSameLink() {
        return path.links().contains(link);
    }

    /** Whether a link is left that bears the load. */
    boolean isBorne() {
        return others.stream().anyMatch(other -> other.link.condition() == LinkCondition.CARRYING);
    }

    /** How the others fare, called a few times a second until the link is put back. */
    void sample() {
        others.forEach(Other::noteCondition);
    }

    /** Uses the link again. What the others were given since the begin is read now. */
    void putBack() {
        passed = path.passed() - passedAtBegin;
        others.forEach(Other::end);
        link.drill(false);
    }

    /** Looks for copies that were under way when the link was put back; called a few times before the report. */
    void settle() {
        others.forEach(Other::settle);
    }

    /** Frames that came over the drilled link alone. Of several others one may have brought what another has not. */
    long lostReceiving() {
        return others.stream().mapToLong(other -> other.missing).min().orElse(passed);
    }

    /** Frames that no other link took. */
    long lostSending() {
        return others.stream().mapToLong(other -> other.notSent).min().orElse(0);
    }

    /** For the log, for example {@code lost 0 of 41234 received and 0 of 40321 sent, borne by enp4s0}. */
    String words() {
        long sent = others.stream()
                .mapToLong(other -> other.sent + other.notSent)
                .max()
                .orElse(0);
        return "lost " + lostReceiving() + " of " + passed + " received and " + lostSending() + " of " + sent
                + " sent, "
                + (others.isEmpty()
                        ? "with no other link"
                        : "borne by "
                                + others.stream()
                                        .map(other -> other.link.name())
                                        .collect(Collectors.joining(", ")));
    }

    /** While it goes on, as {@code status} brings it. */
    JsonObject json() {
        JsonObject object = new JsonObject();
        object.addProperty("link", link.name());
        object.addProperty("until", until.toString());
        return object;
    }

    /** When it is over. */
    JsonObject report() {
        JsonObject object = new JsonObject();
        object.addProperty("path", path.settings().name());
        object.addProperty("received", passed);
        object.addProperty("lost_receiving", lostReceiving());
        object.addProperty("lost_sending", lostSending());
        JsonArray links = new JsonArray();
        others.forEach(other -> links.add(other.json()));
        object.add("links", links);
        return object;
    }

    /** A link that bears the load meanwhile. */
    private static final class Other {
        private final RunningPath path;
        private final RunningLink link;
        private final long missingAtBegin;
        private final long heardAtBegin;
        private final long sentAtBegin;
        private final long notSentAtBegin;
        private LinkCondition worst;
        private long missing;
        private long heard;
        private long sent;
        private long notSent;

        Other(RunningPath path, RunningLink link) {
            this.path = path;
            this.link = link;
            this.worst = link.condition();
            this.missingAtBegin = leastMissing();
            this.heardAtBegin = link.heard();
            this.sentAtBegin = link.counters().value(DupPathCounter.TX_FRAMES);
            this.notSentAtBegin = link.notSent();
        }

        /** The second copy of a frame comes later than the first: the least that is seen in a while is nearest the truth. */
        private long leastMissing() {
            long end = System.nanoTime() + SAMPLE_NS;
            long least = path.reception(link).missing();
            while (System.nanoTime() - end < 0) {
                least = Math.min(least, path.reception(link).missing());
            }
            return least;
        }

        void noteCondition() {
            worst = worst.compareTo(link.condition()) >= 0 ? worst : link.condition();
        }

        void end() {
            sent = link.counters().value(DupPathCounter.TX_FRAMES) - sentAtBegin;
            notSent = link.notSent() - notSentAtBegin;
            heard = link.heard() - heardAtBegin;
            missing = Math.max(0, leastMissing() - missingAtBegin);
        }

        void settle() {
            missing = Math.max(0, Math.min(missing, leastMissing() - missingAtBegin));
        }

        JsonObject json() {
            JsonObject object = new JsonObject();
            object.addProperty("name", link.name());
            object.addProperty("lan", link.lan());
            object.addProperty("condition", worst.words());
            object.addProperty("received", heard);
            object.addProperty("missing", missing);
            object.addProperty("sent", sent);
            object.addProperty("not_sent", notSent);
            return object;
        }
    }
}
