package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Capture;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.FileTransfer;
import net.twinpath.tests.traffic.SampleFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Super-frames of the machine's own TCP and UDP: cut on their way out, joined on their way in, with right checksums. */
class HostSuperFramesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FILE_OCTETS = 24 << 20;
    private static final int CAPTURED_OCTETS = 6 << 20;
    private static final int OCTETS_PER_SECOND = 48 << 20;
    private static final int CAPTURED_PER_SECOND = 8 << 20;
    private static final String IN_ORDER = "ordering = { max-delay = \"10ms\" }\n";

    private static final List<String> ADDRESSES_B = List.of(TwoHosts.ADDRESS_B, "fd77::2");

    private static TwoHosts<Cable> start(String keys) {
        TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, "super-frames = true\n" + keys);
        prepare(hosts.a(), 1);
        prepare(hosts.b(), 2);
        return hosts;
    }

    private static void prepare(Namespace host, int number) {
        host.run("ip", "address", "add", "fd77::" + number + "/64", "dev", "dup0", "nodad");
    }

    @ParameterizedTest
    @ValueSource(strings = {TwoHosts.PRP, IN_ORDER + TwoHosts.PRP, TwoHosts.FRER, IN_ORDER + TwoHosts.FRER_STREAMS})
    void filesArriveWholeBothWays(String keys) {
        try (TwoHosts<Cable> hosts = start(keys)) {
            for (String address : ADDRESSES_B) {
                long cut = hosts.daemonA().pathCounter("out_segments");
                long joined = hosts.daemonB().pathCounter("in_segments");
                transfer(hosts, hosts.a(), hosts.b(), address, FILE_OCTETS, OCTETS_PER_SECOND);
                assertThat(hosts.daemonA().pathCounter("out_segments") - cut)
                        .as(address)
                        .isGreaterThan(FILE_OCTETS / 1_500 / 2);
                assertThat(hosts.daemonB().pathCounter("in_segments") - joined)
                        .as(address)
                        .isPositive();
            }
            transfer(hosts, hosts.b(), hosts.a(), TwoHosts.ADDRESS_A, FILE_OCTETS, OCTETS_PER_SECOND);
            for (Twinpathd daemon : List.of(hosts.daemonA(), hosts.daemonB())) {
                assertThat(daemon.pathCounter("out_super_frames_cut")).isPositive();
                assertThat(daemon.pathCounter("in_super_frames")).isPositive();
                assertThat(daemon.pathCounter("in_segments"))
                        .isGreaterThanOrEqualTo(2 * daemon.pathCounter("in_super_frames"));
                assertThat(daemon.pathCounter("out_super_frames")).isZero();
                assertThat(daemon.pathCounter("out_checksum_open")).isZero();
                assertThat(daemon.pathCounter("in_refused")).isZero();
                assertThat(daemon.log()).doesNotContain("offloads off again");
            }
            checkNoBadChecksums(hosts);
        }
    }

    /** The kernel cuts what was joined again, by what its header says, completes each segment, and verifies it. */
    @Test
    void whatIsJoinedHasRightHeaders() {
        try (TwoHosts<Cable> hosts = start(TwoHosts.PRP)) {
            hosts.b().run("ethtool", "-K", "dup0-in", "tx", "off", "tso", "off", "gso", "off");
            hosts.b().run("ethtool", "-K", "dup0", "rx", "off");
            for (String address : ADDRESSES_B) {
                transfer(hosts, hosts.a(), hosts.b(), address, FILE_OCTETS, OCTETS_PER_SECOND);
            }
            assertThat(hosts.daemonB().pathCounter("in_super_frames")).isPositive();
            checkNoBadChecksums(hosts);
        }
    }

    private static void checkNoBadChecksums(TwoHosts<Cable> hosts) {
        for (Namespace host : List.of(hosts.a(), hosts.b())) {
            for (String counter : List.of("TcpInErrs", "TcpInCsumErrors", "UdpInCsumErrors", "IpInHdrErrors")) {
                assertThat(host.run("nstat", "-az", counter)).containsPattern(counter + " +0 ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TwoHosts.PRP, TwoHosts.FRER_STREAMS})
    void everySegmentOnTheLinksHasRightChecksums(String keys) throws Exception {
        try (TwoHosts<Cable> hosts = start(keys);
                Capture onA = hosts.lanA().capture(hosts.folder().resolve("a.pcap"));
                Capture onB = hosts.lanB().capture(hosts.folder().resolve("b.pcap"))) {
            for (String address : ADDRESSES_B) {
                transfer(hosts, hosts.a(), hosts.b(), address, CAPTURED_OCTETS, CAPTURED_PER_SECOND);
            }
            MergedDatagrams.send(hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, hosts.folder());
            assertThat(hosts.daemonA().pathCounter("out_super_frames_cut")).isPositive();
            for (Path file : List.of(onA.stop(), onB.stop())) {
                String good = "tcp.checksum.status == 1 && (ipv6 || ip.checksum.status == 1)";
                assertThat(frames(file, good)).hasSizeGreaterThan(2 * CAPTURED_OCTETS / 1_500);
                assertThat(frames(file, "udp.dstport == " + MergedDatagrams.PORT + " && udp.checksum.status == 1"))
                        .hasSize(31);
                assertThat(frames(file, "tcp.checksum.status == 0 || udp.checksum.status == 0"))
                        .isEmpty();
                assertThat(frames(file, "ip.checksum.status == 0 || frame.len > 1524"))
                        .isEmpty();
            }
        }
    }

    /** Lines of the frames in a file that fit a filter. */
    private static List<String> frames(Path file, String filter) {
        List<String> words = new ArrayList<>(List.of("tshark", "-r", file.toString()));
        for (String protocol : List.of("tcp", "udp", "ip")) {
            words.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
        }
        words.addAll(List.of("-Y", filter));
        return Command.run(words.toArray(String[]::new)).lines().toList();
    }

    @Test
    void datagramsMergedForSendingArriveOneByOne() throws Exception {
        try (TwoHosts<Cable> hosts = start(TwoHosts.PRP)) {
            MergedDatagrams.send(hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, hosts.folder());
            checkNoBadChecksums(hosts);
        }
    }

    @Test
    void theySwitchOffAndOnAtReload() {
        try (TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, "super-frames = false\n" + TwoHosts.PRP)) {
            transfer(hosts, hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, FILE_OCTETS, OCTETS_PER_SECOND);
            checkNone(hosts);
            reload(hosts, true);
            assertThat(hosts.a().run("ethtool", "-k", "dup0"))
                    .contains("tcp-segmentation-offload: on")
                    .contains("tx-checksum-ip-generic: on")
                    .contains("tx-udp_tnl-segmentation: off")
                    .contains("tx-checksum-sctp: off");
            transfer(hosts, hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, FILE_OCTETS, OCTETS_PER_SECOND);
            assertThat(hosts.daemonA().pathCounter("out_super_frames_cut")).isPositive();
            assertThat(hosts.daemonB().pathCounter("in_super_frames")).isPositive();
            reload(hosts, false);
            transfer(hosts, hosts.a(), hosts.b(), TwoHosts.ADDRESS_B, FILE_OCTETS, OCTETS_PER_SECOND);
            checkNone(hosts);
        }
    }

    private static void reload(TwoHosts<Cable> hosts, boolean superFrames) {
        for (Twinpathd daemon : List.of(hosts.daemonA(), hosts.daemonB())) {
            String address = daemon == hosts.daemonA() ? TwoHosts.ADDRESS_A : TwoHosts.ADDRESS_B;
            daemon.reload("[path.dup0]\naddress = [\"" + address + "/24\"]\nsuper-frames = " + superFrames + "\n"
                    + TwoHosts.PRP);
        }
        hosts.daemonA().awaitCondition("protected");
        hosts.daemonB().awaitCondition("protected");
    }

    private static void checkNone(TwoHosts<Cable> hosts) {
        assertThat(hosts.a().run("ethtool", "-k", "dup0"))
                .contains("tcp-segmentation-offload: off")
                .contains("generic-segmentation-offload: off")
                .contains("tx-checksumming: off");
        assertThat(hosts.daemonA().pathCounter("out_super_frames_cut")).isZero();
        assertThat(hosts.daemonB().pathCounter("in_super_frames")).isZero();
    }

    private static void transfer(
            TwoHosts<Cable> hosts, Namespace from, Namespace to, String address, int octets, int perSecond) {
        SampleFile file = SampleFile.create(hosts.folder().resolve("sample"), octets, 13);
        Path received = hosts.folder().resolve("received");
        assertThat(Await.result(
                                "file",
                                LIMIT,
                                new FileTransfer(from, to, address, file, received, perSecond, LIMIT)
                                        .start(System.nanoTime()))
                        .checksumHolds())
                .as(address)
                .isTrue();
    }
}
