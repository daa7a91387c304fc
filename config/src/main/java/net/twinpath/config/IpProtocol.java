package net.twinpath.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import net.twinpath.config.value.Keyword;

/** The protocols over IP that a file may name instead of giving their number (IANA protocol numbers). */
enum IpProtocol implements Keyword {
    TCP("tcp", 6, true),
    UDP("udp", 17, true),
    SCTP("sctp", 132, true),
    ICMP("icmp", 1, false),
    ICMPV6("icmpv6", 58, false);

    private final String text;
    private final int number;
    private final boolean hasPorts;

    IpProtocol(String text, int number, boolean hasPorts) {
        this.text = text;
        this.number = number;
        this.hasPorts = hasPorts;
    }

    @Override
    public String text() {
        return text;
    }

    int number() {
        return number;
    }

    static Optional<IpProtocol> named(String text) {
        return Arrays.stream(values())
                .filter(protocol -> protocol.text.equals(text))
                .findFirst();
    }

    static boolean hasPorts(int number) {
        return Stream.of(values()).anyMatch(protocol -> protocol.number == number && protocol.hasPorts);
    }
}
