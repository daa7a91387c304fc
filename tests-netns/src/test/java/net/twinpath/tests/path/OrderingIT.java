package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.impairment.ImpairedCable;
import net.twinpath.tests.impairment.Impairment;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.VoiceStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packet ordering (RFC 9550) while one link loses packets that the other brings late. */
class OrderingIT {
    private static final long SEED = 9_550;
    private static final int PACKETS = 400;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Ten times as long as the late link needs, so that a busy machine does not put packets out of order. */
    private static final String ORDERING = "ordering = { max-delay = \"200ms\" }\n";

    @ParameterizedTest
    @ValueSource(strings = {TwoHosts.PRP, TwoHosts.FRER, TwoHosts.FRER_STREAMS})
    void everyPacketArrivesOnceAndInOrder(String keys) {
        StreamResult voice = voice(ORDERING + keys);
        assertThat(voice.isWhole()).as("%s", voice).isTrue();
        assertThat(voice.reordered()).isZero();
    }

    @Test
    void withoutOrderingEveryPacketArrivesOnceButOutOfOrder() {
        StreamResult voice = voice(TwoHosts.FRER_STREAMS);
        assertThat(voice.isWhole()).as("%s", voice).isTrue();
        assertThat(voice.reordered()).isPositive();
    }

    private static StreamResult voice(String keys) {
        try (TwoHosts<ImpairedCable> hosts = TwoHosts.start(ImpairedCable.kind(SEED), keys)) {
            hosts.a().run("ping", "-q", "-c", "1", TwoHosts.ADDRESS_B);
            hosts.lanA().impair(Impairment.parse("loss=20%"));
            hosts.lanB().impair(Impairment.parse("delay=20ms"));
            VoiceStream voice = new VoiceStream(hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, 200, PACKETS);
            return Await.result("voice", LIMIT, voice.start(System.nanoTime()));
        }
    }
}
