package net.twinpath.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which literals are addresses of an interface, and what is said of those that are not. */
class InterfaceAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.77.0.1/24, 10.77.0.1/24",
        "10.77.0.0/31, 10.77.0.0/31",
        "10.77.0.255/32, 10.77.0.255/32",
        "10.0.0.1/1, 10.0.0.1/1",
        "fd77::1/64, fd77::1/64",
        "FD77:0:0:0:0:0:0:1/64, fd77::1/64",
        "2001:db8:0:0:1:0:0:1/64, 2001:db8::1:0:0:1/64",
        "2001:0:0:1:0:0:0:1/64, 2001:0:0:1::1/64",
        "2001:10:0:100:0:1000:0:1/64, 2001:10:0:100:0:1000:0:1/64",
        "1:2:3:4:5:6:7::/128, 1:2:3:4:5:6:7:0/128",
        "::2:3:4:5:6:7:8/127, 0:2:3:4:5:6:7:8/127",
        "64:ff9b::192.0.2.1/96, 64:ff9b::c000:201/96",
        "fe80::1/64, fe80::1/64",
        "fd77::/127, fd77::/127",
    })
    void anAddressIsRead(String text, String shown) {
        assertThat(InterfaceAddress.parse(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "10.77.0/24",
                "10.77.0.1.1/24",
                "10.77.0.01/24",
                "10.77.0.256/24",
                "10.77.0.-1/24",
                "10.77.0.1 /24",
                " 10.77.0.1/24",
                "0x0a.77.0.1/24",
                "dup0/24",
                "1:2:3:4:5:6:7/64",
                "1:2:3:4:5:6:7:8:9/64",
                "1:2:3:4:5:6:7:8::/64",
                "1::2::3/64",
                ":::1/64",
                ":1::2/64",
                "1:::2/64",
                "12345::1/64",
                "g::1/64",
                "fe80::1%eth0/64",
                "1.2.3.4::1/64",
                "::1.2.3/64",
                "[fd77::1]/64",
                "1:2:3:4:5:6:7:1.2.3.4/64",
            })
    void whatIsNoLiteralIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InterfaceAddress.parse(text))
                .withMessage("\"" + text + "\" is not an IPv4 or IPv6 address with prefix length;"
                        + " examples: \"10.77.0.1/24\", \"fd77::1/64\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fd77::1           | has no prefix length; examples: "10.77.0.1/24", "fd77::1/64"
            10.77.0.1/        | has a prefix length other than 1..32; examples: "10.77.0.1/24", "fd77::1/64"
            10.77.0.1/0       | has a prefix length other than 1..32; examples: "10.77.0.1/24", "fd77::1/64"
            10.77.0.1/33      | has a prefix length other than 1..32; examples: "10.77.0.1/24", "fd77::1/64"
            10.77.0.1/024     | has a prefix length other than 1..32; examples: "10.77.0.1/24", "fd77::1/64"
            10.77.0.1/24/24   | has a prefix length other than 1..32; examples: "10.77.0.1/24", "fd77::1/64"
            fd77::1/129       | has a prefix length other than 1..128; examples: "10.77.0.1/24", "fd77::1/64"
            0.0.0.0/32        | is the unspecified address; an interface needs a unicast address
            ::/128            | is the unspecified address; an interface needs a unicast address
            127.0.0.1/8       | is a loopback address; an interface needs a unicast address
            ::1/128           | is a loopback address; an interface needs a unicast address
            239.1.2.3/24      | is a multicast address; an interface needs a unicast address
            ff02::1/64        | is a multicast address; an interface needs a unicast address
            255.255.255.255/32| is the limited broadcast address; an interface needs a unicast address
            ::ffff:10.0.0.1/128| is an IPv4 address in IPv6 form; write it as IPv4: 10.0.0.1
            10.77.0.0/24      | is the network itself; give an address in it, such as "10.77.0.1/24"
            10.77.0.4/30      | is the network itself; give an address in it, such as "10.77.0.5/30"
            fd77::/64         | is the network itself; give an address in it, such as "fd77::1/64"
            10.77.0.255/24    | is the network's broadcast address; give another, such as "10.77.0.254/24"
            10.77.255.255/20  | is the network's broadcast address; give another, such as "10.77.255.254/20"
            """)
    void whatAnInterfaceCannotHaveIsRefused(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InterfaceAddress.parse(text))
                .withMessage("\"" + text + "\" " + reason);
    }

    @Test
    void anIpv6AddressWithAllHostBitsSetIsAllowed() {
        InterfaceAddress address = InterfaceAddress.parse("fd77::ffff:ffff:ffff:ffff/64");

        assertThat(address.isIpv6()).isTrue();
        assertThat(address.address()).isInstanceOf(Inet6Address.class);
        assertThat(address.prefixLength()).isEqualTo(64);
    }
}
