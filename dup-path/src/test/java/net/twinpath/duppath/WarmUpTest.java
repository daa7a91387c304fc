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
        return List.of(
                path(prp, true, 0, List.of(), StreamAction.DUPLICATE, 0),
                path(prp, false, 0, List.of(), StreamAction.DUPLICATE, 1_000_000),
                path(frer, false, 0, List.of(all), StreamAction.DUPLICATE, 0),
                path(frer, true, 101, List.of(all), StreamAction.FIRST_LINK, 0));
    }

    private static DupPathSettings path(
            FormatSettings format,
            boolean superFrames,
            int vlans,
            List<StreamSettings> streams,
            StreamAction unmatched,
            long maxDelayNs) {
        PortSettings none = new PortSettings("none", -1, 1500, 0);
        long own = 0x02_00_00_00_00_01L;
        return new DupPathSettings(
                "path",
                none,
                false,
                superFrames,
                AgentSettings.defaults(),
                List.of(link(vlans, 0), link(vlans, 1)),
                own,
                format,
                streams,
                unmatched,
                maxDelayNs);
    }

    private static PortSettings link(int firstVlan, int place) {
        return new PortSettings("none", -1, 1500, firstVlan == 0 ? 0 : firstVlan + place);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void framesTakeTheWayOfRealOnes(DupPathSettings settings) {
        try (WarmUp warmUp = new WarmUp(settings)) {
            assertThat(warmUp.run(FRAMES, TimeUnit.MINUTES.toNanos(1))).isBetween(FRAMES, FRAMES + 100);
            assertThat(warmUp.counted(DupPathCounter.OUT_SEQUENCED)).isBetween(FRAMES * 7L / 8, FRAMES + 0L);
            assertThat(both(warmUp, DupPathCounter.RX_FIRST)).isGreaterThan(FRAMES * 7L / 8);
            assertThat(both(warmUp, DupPathCounter.RX_DUPLICATES)).isGreaterThan(FRAMES * 7L / 8);
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void whateverComesInUseIsAmongThem(DupPathSettings settings) {
        boolean isPrp = settings.format() instanceof FormatSettings.Prp;
        try (WarmUp warmUp = new WarmUp(settings)) {
            warmUp.run(FRAMES, TimeUnit.MINUTES.toNanos(1));
            for (DupPathCounter counter : List.of(
                    DupPathCounter.OUT_LINK_LOCAL,
                    DupPathCounter.OUT_FOR_INSIDE,
                    DupPathCounter.OUT_SEGMENTS,
                    DupPathCounter.OUT_CHECKSUM_COMPLETED)) {
                assertThat(warmUp.counted(counter)).as(counter.key()).isPositive();
            }
            for (DupPathCounter counter : List.of(
                    DupPathCounter.RX_OTHER_NODE,
                    DupPathCounter.RX_OWN,
                    isPrp ? DupPathCounter.RX_REPEATED : DupPathCounter.RX_DUPLICATES,
                    isPrp ? DupPathCounter.RX_SUPERVISION : DupPathCounter.RX_CONTINUITY)) {
                assertThat(both(warmUp, counter)).as(counter.key()).isPositive();
            }
            assertThat(both(warmUp, DupPathCounter.RX_UNSEQUENCED) + both(warmUp, DupPathCounter.RX_TAGLESS_DROPPED))
                    .isPositive();
            assertThat(warmUp.counted(DupPathCounter.OUT_CHECKSUM_OPEN)).isZero();
            assertThat(warmUp.countedInside(DupPathCounter.IN_SEGMENTS) > FRAMES / 16)
                    .isEqualTo(settings.superFrames());
            for (DupPathCounter counter : List.of(
                    DupPathCounter.RX_SUPERVISION_BAD, DupPathCounter.RX_WRONG_LAN, DupPathCounter.RX_OTHER_VLAN)) {
                assertThat(both(warmUp, counter)).as(counter.key()).isZero();
            }
            for (int place = 0; place < 2; place++) {
                assertThat(warmUp.countedByLink(place, DupPathCounter.RX_FIRST))
                        .as("ahead on link %d", place)
                        .isGreaterThan(FRAMES / 4);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void theKernelTakesAllThatIsSent(DupPathSettings settings) {
        try (WarmUp warmUp = new WarmUp(settings)) {
            warmUp.run(FRAMES, TimeUnit.MINUTES.toNanos(1));
            assertThat(both(warmUp, DupPathCounter.TX_FRAMES))
                    .isGreaterThanOrEqualTo(2 * warmUp.counted(DupPathCounter.OUT_SEQUENCED));
            assertThat(warmUp.countedInside(DupPathCounter.IN_FRAMES)).isGreaterThan(FRAMES * 3L / 4);
            assertThat(warmUp.countedInside(DupPathCounter.IN_REFUSED)).isZero();
            for (DupPathCounter counter :
                    List.of(DupPathCounter.TX_NO_CARRIER, DupPathCounter.TX_NO_BUFFER, DupPathCounter.TX_ERRORS)) {
                assertThat(both(warmUp, counter)).as(counter.key()).isZero();
            }
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
