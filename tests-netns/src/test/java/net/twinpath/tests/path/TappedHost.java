package net.twinpath.tests.path;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.traffic.RawFrames;

/**
 * One host with a daemon; in place of neighbours, the test itself at the far ends of both links, octet by octet.
 *
 * <pre>
 *   test                         host
 *  ┌──────────┐                 ┌──────────────────────────┐
 *  │ lanA ────┼─────────────────┼─ lan0 ┐                  │
 *  │          │                 │       ├─ twinpathd ─ dup0 │
 *  │ lanB ────┼─────────────────┼─ lan1 ┘                  │
 *  └──────────┘                 └──────────────────────────┘
 * </pre>
 */
final class TappedHost implements AutoCloseable {
    /** The host's own address on both LANs. */
    static final String OWN = "02000000aa00";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Marks the end of what a test sent, so that "nothing more came" needs no waiting for nothing. */
    private static final String FENCE = "0300000000fe";

    private static final String NEIGHBOUR = "02000000fe0f";

    /** The host sends these by itself; {@link #awaitSupervision} looks at them. */
    private static final String SUPERVISION = "01154e0001";

    private final TemporaryFolder folder;
    private final Namespace test;
    private final Namespace host;
    private final Twinpathd daemon;
    private final Tap lanA;
    private final Tap lanB;
    private final Tap inside;
    private int fences;

    private TappedHost(TemporaryFolder folder, Namespace test, Namespace host, Twinpathd daemon) {
        this.folder = folder;
        this.test = test;
        this.host = host;
        this.daemon = daemon;
        this.lanA = new Tap(RawFrames.open(test, "lanA"));
        this.lanB = new Tap(RawFrames.open(test, "lanB"));
        this.inside = new Tap(RawFrames.open(host, "dup0"));
    }

    /** @param keys further keys of the path, in TOML */
    static TappedHost start(String keys) {
        TemporaryFolder folder = TemporaryFolder.create("tapped");
        Namespace test = Namespace.host("test");
        Namespace host = Namespace.host("host");
        for (Namespace silent : List.of(test, host)) {
            silent.run("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
        }
        link(test, "lanA", host, "lan0", OWN);
        link(test, "lanB", host, "lan1", "02000000aa01");
        Twinpathd daemon = Twinpathd.start(host, folder, "host", "[path.dup0]\nlinks = [\"lan0\", \"lan1\"]\n" + keys);
        return new TappedHost(folder, test, host, daemon);
    }

    private static void link(Namespace test, String testEnd, Namespace host, String hostEnd, String hostMac) {
        String mac = hostMac.replaceAll("..(?!$)", "$0:");
        test.run(
                "ip",
                "link",
                "add",
                testEnd,
                "mtu",
                "9000",
                "type",
                "veth",
                "peer",
                "name",
                hostEnd,
                "address",
                mac,
                "mtu",
                "1500",
                "netns",
                host.name());
        test.run("ip", "link", "set", testEnd, "arp", "off", "up");
        host.up(hostEnd);
    }

    Twinpathd daemon() {
        return daemon;
    }

    Namespace host() {
        return host;
    }

    /** Sends a frame to the host on LAN A. */
    void onLanA(String hex) {
        lanA.send(hex);
    }

    /** Sends a frame to the host on LAN B. */
    void onLanB(String hex) {
        lanB.send(hex);
    }

    /** Sends a frame from the host's applications. */
    void fromInside(String hex) {
        inside.send(hex);
    }

    /** What the host's applications' interface received since the last call, in order. */
    List<String> insideReceived() {
        // The links take turns, so each has a fence of its own behind what was sent on it.
        String fenceA = fence(NEIGHBOUR);
        String fenceB = fence(NEIGHBOUR);
        onLanA(fenceA);
        onLanB(fenceB);
        return inside.takeUntil(fenceA, fenceB);
    }

    /** What the host sent on both LANs since the last call, in order. */
    Sent sent() {
        String fence = fence(OWN);
        fromInside(fence);
        return new Sent(lanA.takeUntil(fence), lanB.takeUntil(fence));
    }

    record Sent(List<String> onA, List<String> onB) {}

    /** A supervision frame of the host's as sent on LAN A and on LAN B, with the same sequence number. */
    Sent awaitSupervision() {
        String onA = lanA.await(SUPERVISION);
        return new Sent(List.of(onA), List.of(lanB.await(onA.substring(0, onA.length() - 8))));
    }

    private String fence(String source) {
        return FENCE + source + "88b5" + HexFormat.of().toHexDigits(++fences) + "00".repeat(42);
    }

    /** An interface with the frames it received that were not looked at yet. */
    private static final class Tap implements AutoCloseable {
        private final RawFrames frames;
        private int taken;

        Tap(RawFrames frames) {
            this.frames = frames;
        }

        void send(String hex) {
            frames.send(HexFormat.of().parseHex(hex));
        }

        /** The frames not taken yet up to the last of the fences, without any fence. */
        List<String> takeUntil(String... fences) {
            Await.until("fences arrived", LIMIT, () -> {
                List<String> fresh = fresh();
                return Arrays.stream(fences)
                        .allMatch(fence -> fresh.stream().anyMatch(frame -> frame.startsWith(fence)));
            });
            List<String> fresh = fresh();
            taken += fresh.size();
            return fresh.stream()
                    .filter(frame -> !frame.startsWith(FENCE) && !frame.startsWith(SUPERVISION))
                    .toList();
        }

        /** The first frame ever received that begins so. */
        String await(String beginning) {
            Await.until("a frame " + beginning, LIMIT, () -> all().anyMatch(frame -> frame.startsWith(beginning)));
            return all().filter(frame -> frame.startsWith(beginning))
                    .findFirst()
                    .orElseThrow();
        }

        private Stream<String> all() {
            return frames.received().stream().map(HexFormat.of()::formatHex);
        }

        private List<String> fresh() {
            List<byte[]> all = frames.received();
            return all.subList(taken, all.size()).stream()
                    .map(HexFormat.of()::formatHex)
                    .toList();
        }

        @Override
        public void close() {
            frames.close();
        }
    }

    /** A counter of a link, LAN A being 0, or of the path with -1. */
    long counter(int link, String key) {
        var path = daemon.status().getAsJsonArray("paths").get(0).getAsJsonObject();
        var scope = link < 0 ? path : path.getAsJsonArray("links").get(link).getAsJsonObject();
        return scope.getAsJsonObject("counters").get(key).getAsLong();
    }

    /** What the daemon knows of a sender, as {@code status} tells it. */
    JsonObject node(String address) {
        String mac = address.replaceAll("..(?!$)", "$0:");
        for (JsonElement node :
                daemon.status().getAsJsonArray("paths").get(0).getAsJsonObject().getAsJsonArray("nodes")) {
            if (node.getAsJsonObject().get("address").getAsString().equals(mac)) {
                return node.getAsJsonObject();
            }
        }
        throw new IllegalStateException("no node " + mac + " in " + daemon.status());
    }

    /** A redundancy control trailer for a frame of {@code frameOctets}, as a PRP node sends it. */
    static String trailer(int number, int lan, int lsduSize) {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(6)
                        .putShort((short) number)
                        .putShort((short) ((lan << 12) | lsduSize))
                        .putShort((short) 0x88FB)
                        .array());
    }

    @Override
    public void close() {
        lanA.close();
        lanB.close();
        inside.close();
        daemon.close();
        host.close();
        test.close();
        folder.close();
    }
}
