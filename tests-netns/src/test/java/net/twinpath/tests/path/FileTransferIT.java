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

/** A file over TCP: it arrives whole while the LANs fail in turn. */
class FileTransferIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int FILE_OCTETS = 192 << 20;
    private static final int OCTETS_PER_SECOND = 16 << 20;

    @Test
    void arrivesWholeWhileTheLansFailInTurn() {
        try (TwoHosts<Cable> hosts = TwoHosts.start()) {
            Future<TransferResult> transfer = transfer(hosts).start(System.nanoTime());
            for (Cable cable : List.of(hosts.lanA(), hosts.lanB())) {
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
            TransferResult result = Await.result("file", LIMIT, transfer);
            assertThat(result.checksumHolds()).isTrue();
        }
    }

    private static FileTransfer transfer(TwoHosts<Cable> hosts) {
        SampleFile file = SampleFile.create(hosts.folder().resolve("sample"), FILE_OCTETS, 7);
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
