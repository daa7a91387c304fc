package net.twinpath.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are a MAC address, and in which bits it stands. */
class MacLiteralTest {
    @Test
    void theFirstByteStandsInTheHighestBits() {
        assertThat(MacLiteral.parse("01:23:45:67:89:aB")).hasValue(0x0123_4567_89ABL);
        assertThat(MacLiteral.parse("ff:ff:ff:ff:ff:ff")).hasValue(0xFFFF_FFFF_FFFFL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01:23:45:67:89",
                "01:23:45:67:89:ab:cd",
                "1:23:45:67:89:ab",
                "01-23-45-67-89-ab",
                "0123456789ab",
                "01:23:45:67:89:ag",
                "01:23:45:67:89:ab "
            })
    void anythingElseIsNone(String text) {
        assertThat(MacLiteral.parse(text)).isEmpty();
    }

    @Test
    void theLowestBitOfTheFirstByteMakesAGroup() {
        assertThat(MacLiteral.isGroup(MacLiteral.parse("01:00:00:00:00:00").getAsLong()))
                .isTrue();
        assertThat(MacLiteral.isGroup(MacLiteral.parse("fe:ff:ff:ff:ff:ff").getAsLong()))
                .isFalse();
    }
}
