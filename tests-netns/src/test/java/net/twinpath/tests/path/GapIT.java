package net.twinpath.tests.path;

import static net.twinpath.tests.path.FrerFrameKindsIT.stream;
import static net.twinpath.tests.path.TappedHost.OWN;
import static net.twinpath.tests.path.TappedHost.rTag;
import static net.twinpath.tests.path.TappedHost.trailer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.RawFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that jump, because both links were cut or the sender has started again: the first frames after it pass. */
class GapIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** How long both links are cut at least, and a sender needs to start again. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final int HISTORY = 4_096;
    private static final int FRAMES = 200;

    /** An IPv4 packet from host a to host b, up to the four octets that tell it from others. */
    private static final String PACKET = "0300000000c1" + "020000000a0a" + "0800" + "45000036000000004011" + "0000"
            + "0a4d0001" + "0a4d0002" + "1388138800220000" + "00".repeat(22);

    @ParameterizedTest
    @ValueSource(strings = {TwoHosts.PRP, TwoHosts.FRER, TwoHosts.FRER_STREAMS})
    void framesPassAtOnceWhenBothLinksAreBackAfterMoreNumbersThanTheHistoryHolds(String keys) {
        try (TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, keys);
                RawFrames sender = RawFrames.open(hosts.a(), "dup0");
                RawFrames receiver = RawFrames.open(hosts.b(), "dup0")) {
            // A gap ahead of the window, and one so long that the numbers seem to be behind it.
            int mark = 0;
            for (int missed : List.of(10_000, 45_000)) {
                assertThat(passing(sender, receiver, mark)).isEqualTo(marks(mark));
                long before = hosts.daemonA().pathCounter("out_sequenced");
                hosts.lanA().silence();
                hosts.lanB().silence();
                long endNs = System.nanoTime() + PAUSE.toNanos();
                for (int i = 0; i < missed; i++) {
                    sender.send(HexFormat.of().parseHex(PACKET + "ffffffff"));
                }
                Await.untilTime(endNs);
                Await.until(
                        "numbers were missed",
                        LIMIT,
                        () -> hosts.daemonA().pathCounter("out_sequenced") - before > HISTORY);
                hosts.lanA().heal();
                hosts.lanB().heal();
                assertThat(passing(sender, receiver, mark + FRAMES)).isEqualTo(marks(mark + FRAMES));
                mark += 2 * FRAMES;
            }
        }
    }

    /** Sends frames with marks from {@code first} on, and returns those that arrive up to the last, each as often. */
    private static List<Integer> passing(RawFrames sender, RawFrames receiver, int first) {
        receiver.discard();
        for (int mark : marks(first)) {
            sender.send(HexFormat.of().parseHex(PACKET + HexFormat.of().toHexDigits(mark)));
        }
        Await.until("the last frame arrived", LIMIT, () -> received(receiver).contains(first + FRAMES - 1));
        return received(receiver).stream().filter(mark -> mark >= 0).sorted().toList();
    }

    private static List<Integer> received(RawFrames receiver) {
        return receiver.received().stream()
                .map(HexFormat.of()::formatHex)
                .filter(frame -> frame.startsWith(PACKET))
                .map(frame -> Integer.parseUnsignedInt(frame.substring(PACKET.length()), 16))
                .toList();
    }

    private static List<Integer> marks(int first) {
        return IntStream.range(first, first + FRAMES).boxed().toList();
    }

    @Test
    void streamIsHeardAtOnceWhenItsTalkerStartsAgainAtANumberOutsideTheHistory() {
        String camera = "0300000000c1";
        try (TappedHost host = TappedHost.frer(List.of(0, 0), stream("camera", camera, ""))) {
            restarts(host, (number, link, payload) -> camera + "02000000bb00" + rTag(number) + payload);
            restarts(host, (number, link, payload) -> OWN + "02000000bb01" + rTag(number) + payload);
        }
    }

    @Test
    void prpNodeIsHeardAtOnceWhenItStartsAgainAtANumberOutsideTheHistory() {
        try (TappedHost host = TappedHost.prp("")) {
            restarts(
                    host,
                    (number, link, payload) ->
                            OWN + "02000000bb00" + payload + trailer(number, 0xA + link, payload.length() / 2 + 4));
        }
    }

    /** A frame as a neighbour sends it on a link. */
    @FunctionalInterface
    private interface Marked {
        String frame(int number, int link, String payload);
    }

    private static void restarts(TappedHost host, Marked marked) {
        SplittableRandom random = new SplittableRandom(4);
        int next = 0;
        for (int start = 0; start < 20; start++) {
            int first = random.nextInt(0x10000);
            // Nearer to the last number than the history reaches, a new start looks like late frames at first.
            if (Math.abs((short) (first - next)) < HISTORY + FRAMES) {
                first += 2 * (HISTORY + FRAMES);
            }
            next = first + FRAMES;
            Await.untilTime(System.nanoTime() + PAUSE.toNanos());
            for (int i = 0; i < FRAMES; i++) {
                String payload = "0800" + HexFormat.of().toHexDigits(i) + "00".repeat(46);
                host.onLanA(marked.frame(first + i, 0, payload));
                host.onLanB(marked.frame(first + i, 1, payload));
            }
            List<Integer> passed = host.insideReceived().stream()
                    .map(frame -> Integer.parseInt(frame, 28, 36, 16))
                    .sorted()
                    .toList();
            String where = "start %d at %d".formatted(start, first & 0xFFFF);
            assertThat(passed).as(where).doesNotHaveDuplicates();
            List<Integer> lost = new ArrayList<>(marks(0));
            lost.removeAll(passed);
            assertThat(lost).as(where).isEmpty();
        }
    }
}
