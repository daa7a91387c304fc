package net.twinpath.tests.path;

import static net.twinpath.tests.path.FrerFrameKindsIT.stream;
import static net.twinpath.tests.path.TappedHost.OWN;
import static net.twinpath.tests.path.TappedHost.rTag;
import static net.twinpath.tests.path.TappedHost.trailer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A daemon that was held up takes the frames that waited as if it had been there when they came. */
class HeldUpIT {
    private static final String CAMERA = "0300000000c1";
    private static final String PEER = "02000000bb00";
    private static final int FRAMES = 600;

    /** A frame as a neighbour sends it on a link. */
    @FunctionalInterface
    private interface Marked {
        String frame(int number, int link, String payload);
    }

    @Test
    void framesOfAPrpNodePassInTheOrderTheirFirstCopiesCame() {
        try (TappedHost host = TappedHost.prp("")) {
            passInOrder(
                    host,
                    (number, link, payload) ->
                            OWN + PEER + payload + trailer(number, 0xA + link, payload.length() / 2 + 4));
        }
    }

    @Test
    void framesOfAnFrerNodePassInTheOrderTheirFirstCopiesCame() {
        try (TappedHost host = TappedHost.frer(List.of(0, 0), "")) {
            passInOrder(host, (number, link, payload) -> OWN + PEER + rTag(number) + payload);
        }
    }

    @Test
    void framesOfAStreamPassInTheOrderTheirFirstCopiesCame() {
        try (TappedHost host = TappedHost.frer(List.of(0, 0), stream("camera", CAMERA, ""))) {
            passInOrder(host, (number, link, payload) -> CAMERA + PEER + rTag(number) + payload);
        }
    }

    private static void passInOrder(TappedHost host, Marked marked) {
        host.daemon().signal("STOP");
        for (int number = 0; number < FRAMES; number++) {
            // The links win by turns: for runs longer than a batch, then one frame each.
            int winner = number / (number < FRAMES / 2 ? FRAMES / 4 : 1) % 2;
            String payload = "0800" + HexFormat.of().toHexDigits(number) + "00".repeat(46);
            host.onLink(winner, marked.frame(number, winner, payload));
            host.onLink(1 - winner, marked.frame(number, 1 - winner, payload));
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
