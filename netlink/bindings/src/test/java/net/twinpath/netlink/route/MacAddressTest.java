package net.twinpath.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** MAC addresses as octets and as text. */
class MacAddressTest {
    @Test
    void readsAndWritesTheUsualText() {
        MacAddress address = MacAddress.parse("02:00:5E:10:00:fF");
        assertThat(address).hasToString("02:00:5e:10:00:ff");
        assertThat(address.octets()).containsExactly(2, 0, 0x5e, 0x10, 0, 0xff);
        assertThat(address.bits()).isEqualTo(0x0200_5e10_00ffL);
    }

    @Test
    void everyAddressSurvivesBothWays() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 1000; i++) {
            MacAddress address = new MacAddress(random.nextLong(1L << 48));
            assertThat(MacAddress.parse(address.toString())).isEqualTo(address);
            assertThat(MacAddress.of(address.octets())).isEqualTo(address);
        }
    }

    @Test
    void itsLinkLocalAddressHasTheUniversalBitTurned() {
        assertThat(MacAddress.parse("02:00:5e:10:00:01").linkLocalAddress().getHostAddress())
                .isEqualTo("fe80:0:0:0:0:5eff:fe10:1");
        assertThat(MacAddress.parse("ae:8c:7d:9c:ff:f1").linkLocalAddress().getHostAddress())
                .isEqualTo("fe80:0:0:0:ac8c:7dff:fe9c:fff1");
    }

    @Test
    void refusesWhatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MacAddress.parse("02:00:5e:10:00"))
                .withMessage("\"02:00:5e:10:00\" is no MAC address; one looks like 02:00:5e:10:00:01");
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.parse("0200.5e10.0001"));
        assertThatIllegalArgumentException().isThrownBy(() -> MacAddress.of((byte) 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new MacAddress(1L << 48));
    }
}
