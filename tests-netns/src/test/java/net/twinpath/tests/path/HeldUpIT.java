package net.twinpath.tests.path;

import static net.twinpath.tests.path.FrerFrameKindsIT.stream;
import static net.twinpath.tests.path.TappedHost.OWN;
import static net.twinpath.tests.path.TappedHost.rTag;
import static net.twinpath.tests.path.TappedHost.trailer;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.twinpath.tests.fixture.Await;
import org.junit.jupiter.api.Test;

/** A daemon that was held up takes the frames that waited as if it had been there when they came. */
class HeldUpIT {
    private static final String CAMERA = "0300000000c1";
    private static final String PEER = "02000000bb00";
    private static final int FRAMES = 600;
    private static final int LATE_FRAMES = 30;

    /** EntryForgetTime is 400 ms, frerSeqRcvyResetMSec two seconds. */
    private static final Duration HELD_UP = Duration.ofMillis(2_500);

    /** A frame as a neighbour sends it on a link. */
    @FunctionalInterface
    private interface Marked {
        String frame(int number, int link, String payload);
    }

    private static String ofPrpNode(int number, int link, String payload) {
        return OWN + PEER + payload + trailer(number, 0xA + link, payload.length() / 2 + 4);
    }

    private static String ofFrerNode(int number, int link, String payload) {
        return OWN + PEER + rTag(number) + payload;
    }

    private static String ofStream(int number, int link, String payload) {
        return CAMERA + PEER + rTag(number) + payload;
    }

    @Test
    void framesOfAPrpNodePassInTheOrderTheirFirstCopiesCame() {
        try (TappedHost host = TappedHost.prp("")) {
            passInOrder(host, HeldUpIT::ofPrpNode);
        }
    }

    @Test
    void framesOfAnFrerNodePassInTheOrderTheirFirstCopiesCame() {
        try (TappedHost host = TappedHost.frer(List.of(0, 0), "")) {
            passInOrder(host, HeldUpIT::ofFrerNode);
        }
    }

    @Test
    void framesOfAStreamPassInTheOrderTheirFirstCopiesCame() {
        try (TappedHost host = TappedHost.frer(List.of(0, 0), stream("camera", CAMERA, ""))) {
            passInOrder(host, HeldUpIT::ofStream);
        }
    }

    @Test
    void lateCopiesOfAPrpNodeAreRemoved() {
        try (TappedHost host = TappedHost.prp("")) {
            removeLateCopies(host, HeldUpIT::ofPrpNode);
        }
    }

    @Test
    void lateCopiesOfAnFrerNodeAreRemoved() {
        try (TappedHost host = TappedHost.frer(List.of(0, 0), "")) {
            removeLateCopies(host, HeldUpIT::ofFrerNode);
        }
    }

    @Test
    void lateCopiesOfAStreamAreRemoved() {
        try (TappedHost host = TappedHost.frer(List.of(0, 0), stream("camera", CAMERA, ""))) {
            removeLateCopies(host, HeldUpIT::ofStream);
        }
    }

    /** First copies pass, then the daemon is held up for longer than any number is remembered; the others came soon. */
    private static void removeLateCopies(TappedHost host, Marked marked) {
        for (int number = 0; number < LATE_FRAMES; number++) {
            host.onLink(0, marked.frame(number, 0, payload(number)));
        }
        assertThat(host.insideReceived()).hasSize(LATE_FRAMES);
        host.daemon().signal("STOP");
        for (int number = 0; number < LATE_FRAMES; number++) {
            host.onLink(1, marked.frame(number, 1, payload(number)));
        }
        Await.untilTime(System.nanoTime() + HELD_UP.toNanos());
        host.daemon().signal("CONT");

        assertThat(host.insideReceived()).isEmpty();
        assertThat(host.counter(1, "rx_duplicates")).isEqualTo(LATE_FRAMES);
    }

    private static String payload(int number) {
        return "0800" + HexFormat.of().toHexDigits(number) + "00".repeat(46);
    }

    private static void passInOrder(TappedHost host, Marked marked) {
        host.daemon().signal("STOP");
        for (int number = 0; number < FRAMES; number++) {
            // The links win by turns: for runs longer than a batch, then one frame each.
            int winner = number / (number < FRAMES / 2 ? FRAMES / 4 : 1) % 2;
            host.onLink(winner, marked.frame(number, winner, payload(number)));
            host.onLink(1 - winner, marked.frame(number, 1 - winner, payload(number)));
        }
        host.daemon().signal("CONT");

        List<Integer> passed = host.insideReceived().stream()
                .map(frame -> Integer.parseInt(frame, 28, 36, 16))
                .toList();
        assertThat(passed)
                .containsExactlyElementsOf(IntStream.range(0, FRAMES).boxed().toList());
        assertThat(host.counter(0, "rx_first")).as("first on LAN A").isEqualTo(FRAMES / 2);
        assertThat(host.counter(1, "rx_first")).as("first on LAN B").isEqualTo(FRAMES / 2);
    }
}
