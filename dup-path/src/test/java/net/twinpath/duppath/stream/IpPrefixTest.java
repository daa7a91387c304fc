package net.twinpath.duppath.stream;

import static net.twinpath.duppath.stream.Packets.prefix;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which prefixes there are, and what is said about those there are not. */
class IpPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, true",
        "10.0.0.0/8, true",
        "192.0.2.7/32, true",
        "::/0, false",
        "2001:db8:0:0:0:0:0:0/32, false",
        "2001:db8:1:2:8000:0:0:0/65, false",
        "2001:db8:0:0:0:0:0:1/128, false",
    })
    void isWrittenAsAddressAndLength(String text, boolean isIpv4) {
        assertThat(prefix(text).isIpv4()).isEqualTo(isIpv4);
        assertThat(prefix(text)).hasToString(text.replace("::/", "0:0:0:0:0:0:0:0/"));
    }

    @Test
    void ofOneAddressHasItsWholeLength() {
        assertThat(IpPrefix.host(prefix("192.0.2.7/32").address())).isEqualTo(prefix("192.0.2.7/32"));
        assertThat(IpPrefix.host(prefix("::1/128").address())).isEqualTo(prefix("::1/128"));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0, 33, 32", "10.0.0.0, -1, 32", "2001:db8::, 129, 128", "2001:db8::, -1, 128"})
    void lengthMustFitTheAddress(String address, int length, int greatest) {
        assertThatThrownBy(() -> prefix(address + "/" + length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("prefix length %d of [0-9a-f.:]+: must be 0 to %d".formatted(length, greatest));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.5/24", "128.0.0.0/0", "10.0.0.1/31", "2001:db8::1/64", "2001:db8::1/127", "2001:db8:0:1::/63"})
    void addressMustHaveNoBitsBehindTheLength(String text) {
        assertThatThrownBy(() -> prefix(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bits are set behind the prefix length")
                .hasMessageContaining(text.contains(":") ? "give /128" : "give /32");
    }
}
