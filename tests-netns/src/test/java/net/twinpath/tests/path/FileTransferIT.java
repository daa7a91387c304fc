package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.FileTransfer;
import net.twinpath.tests.traffic.SampleFile;
import net.twinpath.tests.traffic.TransferResult;
import org.junit.jupiter.api.Test;

/** A file over TCP: it arrives whole and without a pause while the LANs fail in turn. */
class FileTransferIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int FILE_OCTETS = 192 << 20;
    private static final int OCTETS_PER_SECOND = 16 << 20;

    /** TCP sends again after 200 ms at the earliest: a gap as long as that would be a loss it had to repair. */
    private static final double RETRANSMISSION_MS = 200;

    @Test
    void arrivesWholeWhileTheLansFailInTurn() {
        try (TwoHosts hosts = TwoHosts.start()) {
            final Future<TransferResult> transfer = transfer(hosts).start(System.nanoTime());
            for (final Cable cable : List.of(hosts.lanA(), hosts.lanB())) {
                cable.cut();
                hosts.daemonA().awaitCondition("degraded");
                hosts.daemonB().awaitCondition("degraded");
                cable.heal();
                hosts.daemonA().awaitCondition("protected");
                hosts.daemonB().awaitCondition("protected");
            }
            assertThat(transfer.isDone())
                    .as("the transfer ended before the last fault")
                    .isFalse();
            final TransferResult result = Await.result("file", LIMIT, transfer);
            assertThat(result.checksumHolds()).isTrue();
            assertThat(result.longestGapMs()).isLessThan(RETRANSMISSION_MS);
        }
    }

    private static FileTransfer transfer(final TwoHosts hosts) {
        final SampleFile file = SampleFile.create(hosts.folder().resolve("sample"), FILE_OCTETS, 7);
        return new FileTransfer(
                hosts.a(),
                hosts.b(),
                TwoHosts.ADDRESS_B,
                file,
                hosts.folder().resolve("received"),
                OCTETS_PER_SECOND,
                LIMIT);
    }
}
