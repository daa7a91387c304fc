package net.twinpath.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which texts are an address or a prefix that packets may be matched with. */
class IpPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.5, 32, 192.0.2.5",
        "192.0.2.5/32, 32, 192.0.2.5",
        "192.0.2.0/24, 24, 192.0.2.0/24",
        "192.0.2.4/30, 30, 192.0.2.4/30",
        "0.0.0.0/0, 0, 0.0.0.0/0",
        "255.255.255.255, 32, 255.255.255.255",
        "239.0.0.0/8, 8, 239.0.0.0/8",
        "2001:DB8:1::/64, 64, 2001:db8:1::/64",
        "2001:db8:0:1:8000::/65, 65, 2001:db8:0:1:8000::/65",
        "::1, 128, ::1",
        "::/0, 0, ::/0",
        "::ffff:0:0:0/96, 96, ::ffff:0:0:0/96",
    })
    void anAddressOrAPrefixIsRead(String text, int prefixLength, String shown) {
        IpPrefix prefix = IpPrefix.parse(text);

        assertThat(prefix.prefixLength()).isEqualTo(prefixLength);
        assertThat(prefix.isIpv6()).isEqualTo(text.contains(":"));
        assertThat(prefix).hasToString(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ''                | is not an IPv4 or IPv6 address or prefix; examples: "192.0.2.5", "2001:db8:1::/64"
            192.0.2           | is not an IPv4 or IPv6 address or prefix; examples: "192.0.2.5", "2001:db8:1::/64"
            /24               | is not an IPv4 or IPv6 address or prefix; examples: "192.0.2.5", "2001:db8:1::/64"
            2001:db8::1::/64  | is not an IPv4 or IPv6 address or prefix; examples: "192.0.2.5", "2001:db8:1::/64"
            192.0.2.0/        | has a prefix length other than 0..32; examples: "192.0.2.5", "2001:db8:1::/64"
            192.0.2.0/33      | has a prefix length other than 0..32; examples: "192.0.2.5", "2001:db8:1::/64"
            192.0.2.0/024     | has a prefix length other than 0..32; examples: "192.0.2.5", "2001:db8:1::/64"
            192.0.2.0/255.255.255.0 | has a prefix length other than 0..32; examples: "192.0.2.5", "2001:db8:1::/64"
            2001:db8::/129    | has a prefix length other than 0..128; examples: "192.0.2.5", "2001:db8:1::/64"
            192.0.2.1/31      | has bits set after its prefix; write "192.0.2.0/31", or "192.0.2.1" for that address alone
            192.0.2.5/0       | has bits set after its prefix; write "0.0.0.0/0", or "192.0.2.5" for that address alone
            2001:db8:1::5/64  | has bits set after its prefix; write "2001:db8:1::/64", or "2001:db8:1::5" for that address alone
            ::ffff:10.0.0.1   | is an IPv4 address in IPv6 form; write it as IPv4: 10.0.0.1
            """)
    void anythingElseIsRefused(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpPrefix.parse(text))
                .withMessage("\"" + text + "\" " + reason);
    }
}
