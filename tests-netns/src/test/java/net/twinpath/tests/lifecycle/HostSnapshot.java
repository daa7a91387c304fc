package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;

/**
 * All settings of a host's network that a daemon could change; counters are not among them.
 *
 * <p>Nor is whether an interface that is off receives the frames to all IPv6 nodes (33:33:00:00:00:01): a new one does, one
 * that had a carrier once does not, and one that has left a bond may do either, whoever it was that switched it.
 *
 * @param lines each names its interface
 */
public record HostSnapshot(List<String> lines) {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final String COMMANDS = """
            exec 2>&1
            for folder in /sys/class/net/*/; do
                folder=${folder%/}
                name=${folder##*/}
                {
                    ip -details -json -pretty link show dev "$name"
                    ip -oneline address show dev "$name"
                    ip maddress show dev "$name" | grep -v 33:33:00:00:00:01 | sort
                    tc qdisc show dev "$name"
                    tc filter show dev "$name" ingress
                    tc filter show dev "$name" egress
                    ethtool --show-features "$name"
                } | sed "s/^/$name: /"
            done
            ip -4 route show table all | sort
            ip -6 route show table all | sort
            grep --recursive --no-messages . /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf | sort
            nft list ruleset
            """;

    /**
     * Waits until the kernel has taken in which interfaces have a carrier, which it does some time after they have, and
     * ended its search for duplicates of the addresses they got, and takes the snapshot.
     */
    public static HostSnapshot of(Namespace host) {
        Await.until("the host is settled", LIMIT, () -> isSettled(host));
        return new HostSnapshot(host.run("sh", "-c", COMMANDS).lines().toList());
    }

    private static boolean isSettled(Namespace host) {
        return !host.run("ip", "-6", "address", "show").contains("tentative")
                && host.run("ip", "-oneline", "link", "show").lines().noneMatch(HostSnapshot::isCarrierUnheard);
    }

    private static boolean isCarrierUnheard(String link) {
        if (link.contains(",UP,LOWER_UP")) {
            return link.contains("state DOWN") || link.contains("state LOWERLAYERDOWN");
        }
        return link.contains("state UP");
    }

    /** Asserts that the host is like this again; the kernel may need a moment for states and addresses of links. */
    public void assertRestored(Namespace host) {
        try {
            Await.until("the host is as it was", LIMIT, () -> of(host).equals(this));
        } catch (IllegalStateException late) {
            List<String> now = of(host).lines;
            assertThat(without(now, lines))
                    .as("new lines; missing are %s", without(lines, now))
                    .isEmpty();
            assertThat(without(lines, now)).as("missing lines").isEmpty();
            assertThat(now).isEqualTo(lines);
        }
    }

    private static List<String> without(List<String> from, List<String> what) {
        List<String> rest = new ArrayList<>(from);
        what.forEach(rest::remove);
        return rest;
    }
}
