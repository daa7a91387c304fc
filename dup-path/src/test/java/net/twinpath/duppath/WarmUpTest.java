package net.twinpath.duppath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.port.PortSettings;
import net.twinpath.duppath.recovery.RecoverySettings;
import net.twinpath.duppath.stream.StreamAction;
import net.twinpath.duppath.stream.StreamMatch;
import net.twinpath.duppath.stream.StreamSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The made-up frames take the way of real ones, first copies and later ones, and none of it shows elsewhere. */
class WarmUpTest {
    private static final int FRAMES = 6_400;

    static List<DupPathSettings> paths() {
        FormatSettings.Prp prp = new FormatSettings.Prp(0, 0, TimeUnit.HOURS.toNanos(1));
        FormatSettings.Frer frer = new FormatSettings.Frer(
                List.of(0, 0), List.of(new FormatSettings.Recovery(RecoverySettings.defaults(2), false)), 0);
        StreamSettings all = new StreamSettings("all", StreamMatch.builder().build(), StreamAction.DUPLICATE);
        return List.of(path(prp, List.of(), 0), path(prp, List.of(), 1_000_000), path(frer, List.of(all), 0));
    }

    private static DupPathSettings path(FormatSettings format, List<StreamSettings> streams, long maxDelayNs) {
        PortSettings none = new PortSettings("none", -1, 1500, 0);
        List<PortSettings> links = List.of(none, none);
        long own = 0x02_00_00_00_00_01L;
        return new DupPathSettings(
                "path",
                none,
                false,
                false,
                AgentSettings.defaults(),
                links,
                own,
                format,
                streams,
                StreamAction.DUPLICATE,
                maxDelayNs);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void framesTakeTheWayOfRealOnes(DupPathSettings settings) {
        try (WarmUp warmUp = new WarmUp(settings)) {
            assertThat(warmUp.run(FRAMES, TimeUnit.MINUTES.toNanos(1))).isEqualTo(FRAMES);
            assertThat(warmUp.counted(DupPathCounter.OUT_SEQUENCED)).isEqualTo(FRAMES);
            for (int place = 0; place < 2; place++) {
                assertThat(warmUp.countedByLink(place, DupPathCounter.RX_FRAMES))
                        .isEqualTo(FRAMES);
            }
            assertThat(both(warmUp, DupPathCounter.RX_FIRST)).isEqualTo(FRAMES);
            assertThat(both(warmUp, DupPathCounter.RX_DUPLICATES)).isEqualTo(FRAMES);
        }
    }

    private static long both(WarmUp warmUp, DupPathCounter counter) {
        return warmUp.countedByLink(0, counter) + warmUp.countedByLink(1, counter);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void endsWhenTheTimeIsOver(DupPathSettings settings) {
        try (WarmUp warmUp = new WarmUp(settings)) {
            assertThat(warmUp.run(Integer.MAX_VALUE, 0)).isZero();
        }
    }
}
