package net.twinpath.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.lifecycle.HostSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Flow control and rings of a network card with a driver, and settings of the whole kernel. */
@Tag("vm")
class PauseIT {
    private static final String CARD = "enp0s16";
    private static final List<String> NOT_COMPARED = List.of(
            "vm.stat_refresh",
            "net.ipv4.tcp_mem",
            "net.ipv4.tcp_available_congestion_control",
            "net.ipv4.tcp_allowed_congestion_control");

    private final TemporaryFolder folder = TemporaryFolder.create("pause");
    private final Namespace host = Namespace.host("host");

    @BeforeEach
    void takeCard() {
        Command.run("ip", "link", "set", CARD, "netns", host.name());
    }

    @AfterEach
    void removeEverything() {
        host.close();
        folder.close();
    }

    private String pause() {
        return host.run("ethtool", "--show-pause", CARD);
    }

    @Test
    void pauseAndRingsAreSetReadBackAndGivenBack() {
        host.run("sh", "-ec", "ip link set " + CARD + " up; ip link set " + CARD + " down");
        String pauseBefore = pause();
        String ringsBefore = host.run("ethtool", "--show-ring", CARD);
        HostSnapshot before = HostSnapshot.of(host);
        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", """
                        [interface.%s]
                        pause = { autonegotiate = false, receive = true, transmit = false }
                        ring = { receive = 512 }
                        coalesce = { receive = "100us" }
                        """.formatted(CARD))) {
            assertThat(pause())
                    .containsPattern("Autonegotiate:\\s+off")
                    .containsPattern("RX:\\s+on")
                    .containsPattern("TX:\\s+off");
            assertThat(host.run("ethtool", "--show-ring", CARD)).containsPattern("(?s)Current.*RX:\\s+512");
            assertThat(daemon.plan()).isEmpty();
            assertThat(daemon.stop()).as(daemon.log()).isZero();
        }
        assertThat(pause()).isEqualTo(pauseBefore);
        assertThat(host.run("ethtool", "--show-ring", CARD)).isEqualTo(ringsBefore);
        before.assertRestored(host);
    }

    @Test
    void theProfileForAppliancesIsSetAsFarAsTheKernelHasItAndGivenBack() {
        List<String> before = sysctls();
        try (Twinpathd daemon = Twinpathd.start(host, folder, "host", """
                        [sysctl]
                        profile = "appliance"
                        "vm.swappiness" = 11
                        """)) {
            assertThat(host.run("sysctl", "-n", "vm.compaction_proactiveness", "vm.swappiness"))
                    .isEqualTo("0\n11\n");
            assertThat(host.run("sysctl", "-n", "net.ipv4.tcp_keepalive_time")).isEqualTo("60\n");
            assertThat(daemon.plan()).isEmpty();
            assertThat(daemon.statusText()).contains("machine: as the file says, ");
            assertThat(daemon.stop()).as(daemon.log()).isZero();
        }
        List<String> after = sysctls();
        assertThat(after).filteredOn(line -> !before.contains(line)).isEmpty();
        assertThat(after).hasSameSizeAs(before);
    }

    /**
     * Without counters, what the kernel works out anew, and lists of the congestion controls it has: bbr is a module,
     * which stays loaded when it is used no more.
     */
    private List<String> sysctls() {
        return host.run("sh", "-c", "sysctl --all --ignore --pattern '^(vm|net|kernel.numa)' 2>/dev/null | sort")
                .lines()
                .filter(line -> NOT_COMPARED.stream().noneMatch(line::startsWith))
                .toList();
    }
}
