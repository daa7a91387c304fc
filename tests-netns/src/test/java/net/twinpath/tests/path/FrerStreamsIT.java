package net.twinpath.tests.path;

import static net.twinpath.tests.path.FrerFrameKindsIT.stream;
import static net.twinpath.tests.path.TappedHost.OWN;
import static net.twinpath.tests.path.TappedHost.rTag;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A path with a thousand streams. */
class FrerStreamsIT {
    private static final int STREAMS = 1_000;
    private static final String PEER = "02000000bb00";
    private static final String PAYLOAD = "0800" + "71".repeat(46);

    @Test
    void eachOfAThousandStreamsHasItsActionNumbersAndCounters() {
        String first = destination(0);
        String second = destination(1);
        String last = destination(STREAMS - 1);
        try (TappedHost host = TappedHost.frer(List.of(0, 0), "unmatched = \"first-link\"\n" + streams())) {
            List.of(first, second, last, PEER).forEach(to -> host.fromInside(to + OWN + PAYLOAD));
            TappedHost.Sent sent = host.sent();
            assertThat(sent.onA()).hasSize(3);
            assertThat(sent.onA().get(2)).isEqualTo(PEER + OWN + PAYLOAD);
            assertThat(sent.onB()).isEqualTo(sent.onA().subList(0, 2));
            assertThat(sent.onB()).allMatch(frame -> frame.startsWith("f1c10000", 24));

            for (String to : List.of(first, second, last, OWN)) {
                host.onLanA(to + PEER + rTag(77) + PAYLOAD);
                host.onLanB(to + PEER + rTag(77) + PAYLOAD);
            }
            assertThat(host.insideReceived())
                    .containsExactlyInAnyOrder(first + PEER + PAYLOAD, last + PEER + PAYLOAD, OWN + PEER + PAYLOAD);
            checkListing(host);
        }
    }

    private static void checkListing(TappedHost host) {
        JsonArray listed = host.daemon().streams("dup0");
        List<String> names = StreamSupport.stream(listed.spliterator(), false)
                .map(stream -> stream.getAsJsonObject().get("name").getAsString())
                .toList();
        // Behind the streams come the fence's and that of all other frames.
        assertThat(names).hasSize(STREAMS + 2).doesNotHaveDuplicates().startsWith("s0", "s1");
        assertThat(names.get(STREAMS - 1)).isEqualTo("s999");
        for (int place : List.of(0, STREAMS - 1)) {
            JsonObject counters = listed.get(place).getAsJsonObject().getAsJsonObject("counters");
            assertThat(counters.get("tsnCpsSidOutputPackets").getAsLong()).isEqualTo(1);
            assertThat(counters.get("tsnCpsSidInputPackets").getAsLong()).isEqualTo(2);
            assertThat(counters.get("frerCpsSeqRcvyPassedPackets").getAsLong()).isEqualTo(1);
            assertThat(counters.get("frerCpsSeqRcvyDiscardedPackets").getAsLong())
                    .isEqualTo(1);
        }
        String text = host.daemon().ctl("stream", "dup0").output();
        assertThat(text.lines().filter(line -> line.strip().startsWith("s"))).hasSizeGreaterThan(STREAMS);
    }

    /** Every one of them duplicated but the second, which is dropped. */
    private static String streams() {
        return IntStream.range(0, STREAMS)
                .mapToObj(i -> stream("s" + i, destination(i), i == 1 ? "action = \"drop\"\n" : ""))
                .collect(Collectors.joining());
    }

    private static String destination(int stream) {
        return "03000001%04x".formatted(stream);
    }
}
