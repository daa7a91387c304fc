package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Future;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.FileTransfer;
import net.twinpath.tests.traffic.SampleFile;
import net.twinpath.tests.traffic.TransferResult;
import org.junit.jupiter.api.Test;

/** Offloads that somebody switches on again at the path's interface, while a file crosses. */
class OffloadIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FILE_OCTETS = 96 << 20;
    private static final int OCTETS_PER_SECOND = 16 << 20;
    private static final String FRAME_BY_FRAME = TwoHosts.PRP + "super-frames = false\n";

    @Test
    void segmentationComesOffAgainAndTheFileArrivesWhole() {
        try (TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, FRAME_BY_FRAME)) {
            Future<TransferResult> transfer = transfer(hosts);
            hosts.a().run("ethtool", "-K", "dup0", "tx", "on", "tso", "on", "gso", "on");
            Await.until(
                    "offloads are off again", LIMIT, () -> hosts.daemonA().log().contains("offloads off again"));
            assertThat(transfer.isDone()).isFalse();
            assertThat(Await.result("file", LIMIT, transfer).checksumHolds()).isTrue();
            assertThat(hosts.daemonA().pathCounter("out_super_frames_cut")).isPositive();
            assertThat(hosts.daemonA().pathCounter("out_super_frames")).isZero();
            assertThat(hosts.a().run("ethtool", "-k", "dup0"))
                    .contains("tcp-segmentation-offload: off")
                    .contains("generic-segmentation-offload: off")
                    .contains("tx-checksumming: off");
        }
    }

    @Test
    void checksumsLeftOpenAreCompleted() {
        try (TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, FRAME_BY_FRAME)) {
            hosts.a().run("ethtool", "-K", "dup0", "tx", "on");
            hosts.b().run("ethtool", "-K", "dup0", "tx", "on");
            assertThat(Await.result("file", LIMIT, transfer(hosts)).checksumHolds())
                    .isTrue();
            assertThat(hosts.daemonA().pathCounter("out_checksum_completed")).isPositive();
            assertThat(hosts.daemonB().pathCounter("out_checksum_completed")).isPositive();
            assertThat(hosts.daemonA().pathCounter("out_checksum_open")).isZero();
        }
    }

    private static Future<TransferResult> transfer(TwoHosts<Cable> hosts) {
        SampleFile file = SampleFile.create(hosts.folder().resolve("sample"), FILE_OCTETS, 13);
        return new FileTransfer(
                        hosts.a(),
                        hosts.b(),
                        TwoHosts.ADDRESS_B,
                        file,
                        hosts.folder().resolve("received"),
                        OCTETS_PER_SECOND,
                        LIMIT)
                .start(System.nanoTime());
    }
}
