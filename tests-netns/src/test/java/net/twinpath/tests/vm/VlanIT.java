package net.twinpath.tests.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.TwoHosts;
import net.twinpath.tests.traffic.RawFrames;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** VLAN devices of the kernel (8021q) on top of the interfaces two daemons make. */
@Tag("vm")
class VlanIT {
    private static final int TAG_OFFSET = 12;

    @Test
    void packetsPassBothWaysAndKeepVlanAndPriority() {
        try (TwoHosts<Cable> hosts = TwoHosts.start(Cable::connect, TwoHosts.PRP)) {
            Vlan.add(hosts.a(), "dup0", "10.77.2.1/24");
            Vlan.add(hosts.b(), "dup0", "10.77.2.2/24");
            try (RawFrames arriving = RawFrames.open(hosts.b(), "dup0")) {
                assertThat(hosts.a().run(ping("10.77.2.2"))).contains(" 20 received, 0% packet loss");
                assertThat(hosts.b().run(ping("10.77.2.1"))).contains(" 20 received, 0% packet loss");
                assertThat(arriving.received()).filteredOn(VlanIT::hasOurTag).hasSizeGreaterThanOrEqualTo(40);
            }
        }
    }

    /** 1 466 octets and 28 of ICMP and IPv4 are the 1 494 that dup0 carries; a tag is not counted. */
    private static String[] ping(String address) {
        return List.of("env", "LC_ALL=C", "ping", "-q", "-M", "do", "-s", "1466", "-c", "20", "-i", "0.01", address)
                .toArray(String[]::new);
    }

    private static boolean hasOurTag(byte[] frame) {
        return frame[TAG_OFFSET] == (byte) 0x81
                && frame[TAG_OFFSET + 1] == 0
                && frame[TAG_OFFSET + 2] == (byte) (Vlan.PRIORITY << 5)
                && frame[TAG_OFFSET + 3] == Vlan.ID;
    }
}
