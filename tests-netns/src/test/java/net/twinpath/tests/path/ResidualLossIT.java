package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.impairment.ImpairedCable;
import net.twinpath.tests.impairment.Impairment;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.Test;

/**
 * Frames lost on both links at once are told by the receiver, each of them and no others, whatever one link alone loses or
 * brings late.
 */
class ResidualLossIT {
    private static final long SEED = 62_439_8021;
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int PACKETS_PER_SECOND = 1_000;

    /** A number is judged when it leaves the history: a short one, as sequence numbers go. */
    private static final String FRER = "recovery = { history = 128 }\n" + TwoHosts.FRER_STREAMS;

    @Test
    void prpTellsWhatNeitherLinkBrings() {
        try (TwoHosts<ImpairedCable> hosts = TwoHosts.start(ImpairedCable.kind(SEED), TwoHosts.PRP)) {
            assertThat(voice(hosts, 1_000).lost()).isZero();
            Prp before = Prp.awaitRest(hosts);
            assertThat(hosts.daemonB().statusText()).contains("  residual loss: 0 of ");

            hosts.lanA().impair(hosts.b(), Impairment.parse("loss=30%"));
            hosts.lanB().impair(hosts.b(), Impairment.parse("delay=30ms jitter=10ms burst=1%x8 loss=10%"));
            long lost = voice(hosts, 4_000).lost();
            assertThat(lost).isPositive();
            heal(hosts);
            assertThat(voice(hosts, 500).lost()).isZero();
            Prp after = Prp.awaitWhole(hosts, before);
            assertThat(after.unseen()).isGreaterThanOrEqualTo(lost);
            assertThat(hosts.daemonB().statusText()).contains("  residual loss: at most " + after.unseen() + " of ");
            assertThat(after.jumps()).isZero();
        }
    }

    @Test
    void prpTellsWhatAnOutageOfBothLinksCosts() {
        try (TwoHosts<ImpairedCable> hosts = TwoHosts.start(ImpairedCable.kind(SEED), TwoHosts.PRP)) {
            assertThat(voice(hosts, 1_000).lost()).isZero();
            Prp before = Prp.awaitRest(hosts);
            Future<StreamResult> voice = begin(hosts, 4_000);
            Await.until(
                    "the voice is heard", LIMIT, () -> Prp.look(hosts).passed() > before.passed() + PACKETS_PER_SECOND);
            hosts.lanA().impair(hosts.b(), Impairment.parse("loss=100%"));
            hosts.lanB().impair(hosts.b(), Impairment.parse("loss=100%"));
            long sent = Prp.look(hosts).sent();
            Await.until("frames are sent in vain", LIMIT, () -> Prp.look(hosts).sent() > sent + PACKETS_PER_SECOND);
            heal(hosts);
            long lost = Await.result("voice", LIMIT, voice).lost();
            assertThat(lost).isGreaterThanOrEqualTo(PACKETS_PER_SECOND / 2);
            Prp after = Prp.awaitWhole(hosts, before);
            assertThat(after.unseen()).isGreaterThanOrEqualTo(lost);
            assertThat(after.jumps()).isZero();
        }
    }

    @Test
    void aFrerStreamTellsWhatNeitherLinkBrings() {
        try (TwoHosts<ImpairedCable> hosts = TwoHosts.start(ImpairedCable.kind(SEED), FRER)) {
            assertThat(voice(hosts, 1_000).lost()).isZero();
            hosts.lanA().impair(hosts.b(), Impairment.parse("loss=30%"));
            hosts.lanB().impair(hosts.b(), Impairment.parse("loss=10%"));
            long lost = voice(hosts, 4_000).lost();
            assertThat(lost).isPositive();
            heal(hosts);
            assertThat(voice(hosts, 1_000).lost()).isZero();
            Await.until("all the stream's frames are told", LIMIT, () -> streamLost(hosts.daemonB()) == lost);
            JsonObject loss = hosts.daemonB().path().getAsJsonObject("residual_loss");
            assertThat(loss.get("lost").getAsLong())
                    .isEqualTo(lost + hosts.daemonB().pathCounter("in_unseen"));
        }
    }

    private static long streamLost(Twinpathd daemon) {
        for (JsonElement stream : daemon.path().getAsJsonArray("streams")) {
            if (stream.getAsJsonObject().get("name").getAsString().equals("to-b")) {
                return stream.getAsJsonObject()
                        .getAsJsonObject("counters")
                        .get("frerCpsSeqRcvyLostPackets")
                        .getAsLong();
            }
        }
        throw new IllegalStateException("no stream to-b");
    }

    private static Future<StreamResult> begin(TwoHosts<ImpairedCable> hosts, int packets) {
        long beginningNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        return new VoiceStream(hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, PACKETS_PER_SECOND, packets)
                .start(beginningNs);
    }

    private static StreamResult voice(TwoHosts<ImpairedCable> hosts, int packets) {
        return Await.result("voice", LIMIT, begin(hosts, packets));
    }

    private static void heal(TwoHosts<ImpairedCable> hosts) {
        hosts.lanA().heal();
        hosts.lanB().heal();
    }

    /**
     * What host a has numbered, and what host b makes of it. What a sent before b was there, b cannot know.
     *
     * @param sent             numbers a has used
     * @param passed           frames b passed
     * @param supervisionSent  supervision frames a has sent
     * @param supervisionHeard those b heard
     * @param unseen           numbers b says that no link brought
     * @param supervisionLost  supervision frames b says were lost
     * @param jumps            pauses b cannot tell anything of
     */
    private record Prp(
            long sent,
            long passed,
            long supervisionSent,
            long supervisionHeard,
            long unseen,
            long supervisionLost,
            long jumps) {
        static Prp look(TwoHosts<ImpairedCable> hosts) {
            JsonObject b = hosts.daemonB().path();
            JsonObject counters = b.getAsJsonObject("counters");
            JsonObject a = hosts.daemonA().path().getAsJsonObject("counters");
            long passed = 0;
            for (JsonElement link : b.getAsJsonArray("links")) {
                passed += link.getAsJsonObject()
                        .getAsJsonObject("counters")
                        .get("rx_first")
                        .getAsLong();
            }
            long supervisionSent = a.get("out_supervision").getAsLong();
            return new Prp(
                    a.get("out_sequenced").getAsLong() + supervisionSent,
                    passed,
                    supervisionSent,
                    counters.get("in_supervision").getAsLong(),
                    counters.get("in_unseen").getAsLong(),
                    counters.get("in_supervision_lost").getAsLong(),
                    counters.get("in_sender_jumps").getAsLong());
        }

        /** Numbers b has not accounted for. */
        long missed() {
            return sent - passed - supervisionHeard - unseen;
        }

        long supervisionMissed() {
            return supervisionSent - supervisionHeard - supervisionLost;
        }

        /** Waits until nothing is under way. */
        static Prp awaitRest(TwoHosts<ImpairedCable> hosts) {
            AtomicReference<Prp> last = new AtomicReference<>(look(hosts));
            Await.until("nothing is under way", LIMIT, () -> {
                Prp now = look(hosts);
                return now.equals(last.getAndSet(now));
            });
            return Objects.requireNonNull(last.get());
        }

        /** Waits until b has accounted for all that a has sent since. */
        static Prp awaitWhole(TwoHosts<ImpairedCable> hosts, Prp before) {
            AtomicReference<Prp> last = new AtomicReference<>(before);
            Await.until("host b has accounted for all numbers", LIMIT, () -> {
                Prp now = look(hosts);
                last.set(now);
                return now.missed() == before.missed() && now.supervisionMissed() == before.supervisionMissed();
            });
            return Objects.requireNonNull(last.get());
        }
    }
}
