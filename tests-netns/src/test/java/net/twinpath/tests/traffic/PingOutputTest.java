package net.twinpath.tests.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of ping from iputils 20221126. */
class PingOutputTest {
    private static final long BEGINNING_US = 1_795_252_431_000_000L;
    private static final String FIRST = "[1795252431.100000] 64 bytes from 10.9.0.2: icmp_seq=1 ttl=64 time=0.045 ms";
    private static final String SECOND = "[1795252431.350000] 64 bytes from 10.9.0.2: icmp_seq=2 ttl=64 time=2047 ms";
    private static final String AGAIN = SECOND + " (DUP!)";
    private static final String UNREACHABLE =
            "[1795252431.911066] From 10.9.0.1 icmp_seq=3 Destination Host Unreachable";

    @Test
    void countsRepliesDuplicatesErrorsAndWhatIsMissing() {
        StreamResult result = read(
                3,
                "PING 10.9.0.2 (10.9.0.2) 56(84) bytes of data.",
                FIRST,
                SECOND,
                AGAIN,
                UNREACHABLE,
                "",
                "--- 10.9.0.2 ping statistics ---",
                "3 packets transmitted, 2 received, +1 duplicates, +1 errors, 33.3333% packet loss, time 300ms",
                "rtt min/avg/max/mdev = 0.002/0.003/0.439/0.009 ms, pipe 13");
        assertThat(result)
                .returns(2L, StreamResult::received)
                .returns(1L, StreamResult::lost)
                .returns(1L, StreamResult::duplicated)
                .returns(250.0, StreamResult::longestGapMs);
        assertThat(result.arrivals().timeNs(1)).isEqualTo(350_000_000);
    }

    @Test
    void noReplyAtAllIsAllLost() {
        assertThat(read(3, "3 packets transmitted, 0 received, 100% packet loss, time 2ms"))
                .returns(3L, StreamResult::lost);
    }

    @Test
    void requestsBeyondThoseWantedDoNotCountAndTakeNoTime() {
        StreamResult result = readFirst(
                1,
                4,
                FIRST,
                SECOND,
                AGAIN,
                "4 packets transmitted, 2 received, +1 duplicates, 50% packet loss, time 400ms");
        assertThat(result)
                .returns(1L, StreamResult::sent)
                .returns(1L, StreamResult::received)
                .returns(0L, StreamResult::duplicated)
                .returns(100.0, StreamResult::longestGapMs);
        assertThat(readFirst(1, 2, SECOND, "2 packets transmitted, 1 received, 50% packet loss, time 400ms"))
                .returns(1L, StreamResult::lost);
    }

    @Test
    void aCutUpToTheEndIsAGap() {
        assertThat(read(2, FIRST, "2 packets transmitted, 1 received, 50% packet loss, time 1000ms")
                        .longestGapMs())
                .isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3 packets transmitted, 1 received, 66.6667% packet loss, time 1ms",
                "2 packets transmitted, 2 received, 0% packet loss, time 1ms",
                "2 packets transmitted, 1 received, +1 duplicates, 50% packet loss, time 1ms",
                "2 packets transmitted, 1 received, +1 errors, 50% packet loss, time 1ms",
            })
    void refusesASummaryThatDiffersFromTheLines(String summary) {
        assertThatThrownBy(() -> read(2, FIRST, summary)).hasMessageContaining("summary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2 packets transmitted, 1 received, +1 corrupted, 50% packet loss, time 1ms",
                "ping: bad number of packets to transmit: 0",
                "[1795252431.100000] 64 bytes from 10.9.0.2: icmp_seq=1 ttl=64 time=0.045 ms (BAD CHECKSUM!)",
            })
    void refusesALineItDoesNotUnderstand(String line) {
        assertThatThrownBy(() -> read(2, line)).hasMessageContaining("not understood: " + line);
    }

    @Test
    void refusesTextWithoutASummary() {
        assertThatThrownBy(() -> read(1, FIRST)).hasMessage("ping wrote no summary");
    }

    @Test
    void refusesADuplicateThatPingDidNotMark() {
        assertThatThrownBy(() -> read(2, SECOND, SECOND)).hasMessageContaining("disagree");
        assertThatThrownBy(() -> read(2, AGAIN)).hasMessageContaining("disagree");
    }

    @Test
    void numbersGoOnWhereTheWireStartsAgain() {
        int packets = 200_000;
        Stream<String> replies = IntStream.rangeClosed(1, packets)
                .mapToObj(n -> "[1795252431.100000] 64 bytes from 10.9.0.2: icmp_seq=" + (n & 0xFFFF)
                        + " ttl=64 time=0.045 ms");
        String summary = packets + " packets transmitted, " + packets + " received, 0% packet loss, time 1ms";
        List<String> lines = Stream.concat(replies, Stream.of(summary)).toList();
        assertThat(PingOutput.read(lines, packets, packets, BEGINNING_US).isWhole())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "3, 0, 3",
        "65535, 65530, 65535",
        "2, 65530, 65538",
        "65530, 65540, 65530",
        "65530, 131076, 131066",
        "40000, 10, 40000"
    })
    void unwrapsToTheNearestNumber(int low, int near, int number) {
        assertThat(PingOutput.unwrap(low, near)).isEqualTo(number);
    }

    private static StreamResult read(int packets, String... lines) {
        return readFirst(packets, packets, lines);
    }

    private static StreamResult readFirst(int packets, int requests, String... lines) {
        return PingOutput.read(List.of(lines), requests, packets, BEGINNING_US);
    }
}
