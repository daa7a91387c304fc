package net.twinpath.tests.path;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.traffic.RawFrames;

/**
 * One host with a daemon; in place of neighbours, the test itself at the far ends of its links, octet by octet.
 *
 * <pre>
 *   test                         host
 *  ┌──────────┐                 ┌──────────────────────────┐
 *  │ lan0 ────┼─────────────────┼─ lan0 ┐                  │
 *  │          │                 │       ├─ twinpathd ─ dup0 │
 *  │ lan1 ────┼─────────────────┼─ lan1 ┘                  │
 *  └──────────┘                 └──────────────────────────┘
 * </pre>
 */
final class TappedHost implements AutoCloseable {
    /** The host's own address on its links. */
    static final String OWN = "02000000aa00";

    private static final HexFormat HEX = HexFormat.of();
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Marks the end of what a test sent, so that "nothing more came" needs no waiting for nothing. */
    private static final String FENCE = "0300000000fe";

    private static final String FENCE_TYPE = "88b5";

    /** Lets fences pass whatever becomes of other frames. */
    private static final String FENCE_STREAM = """
            [[path.dup0.stream]]
            name = "fence"
            match = { destination-mac = "03:00:00:00:00:fe" }
            recovery = { take-no-sequence = true }
            """;

    private static final String NEIGHBOUR = "02000000fe0f";

    /** The host sends these by itself; {@link #awaitSupervision} looks at them. */
    private static final String SUPERVISION = "01154e0001";

    private static final String CONTINUITY = "0180c2000037";

    private static final int DEFAULT_MTU = 1500;
    private static final int FAR_MTU = 9100;

    private final TemporaryFolder folder;
    private final Namespace test;
    private final Namespace host;
    private final List<Integer> vlans;
    private final Twinpathd daemon;
    private final Tap inside;

    /** None where the link is cut. */
    private final List<Optional<Tap>> links = new ArrayList<>();

    private int fences;

    private TappedHost(List<Integer> vlans, int mtu, String path) {
        this.vlans = List.copyOf(vlans);
        this.folder = TemporaryFolder.create("tapped");
        this.test = Namespace.silent("test");
        this.host = Namespace.silent("host");
        for (int link = 0; link < vlans.size(); link++) {
            connect(link, mtu);
        }
        this.daemon = Twinpathd.start(host, folder, "host", path);
        this.inside = new Tap(RawFrames.open(host, "dup0"));
        for (int link = 0; link < vlans.size(); link++) {
            links.add(Optional.of(tap(link)));
        }
    }

    /**
     * A host that speaks PRP.
     *
     * @param keys further keys of the path, in TOML
     */
    static TappedHost prp(String keys) {
        return new TappedHost(List.of(0, 0), DEFAULT_MTU, "[path.dup0]\nlinks = [\"lan0\", \"lan1\"]\n" + keys);
    }

    /** A host that speaks FRER over links of the default MTU. */
    static TappedHost frer(List<Integer> vlans, String keys) {
        return frer(vlans, DEFAULT_MTU, keys);
    }

    /**
     * A host that speaks FRER.
     *
     * @param vlans of each link, 0 for none
     * @param mtu   of the links before the daemon starts
     * @param keys  further keys of the path, then its streams, in TOML
     */
    static TappedHost frer(List<Integer> vlans, int mtu, String keys) {
        StringJoiner links = new StringJoiner(", ");
        for (int link = 0; link < vlans.size(); link++) {
            String vlan = vlans.get(link) == 0 ? "" : ", vlan = " + vlans.get(link);
            links.add("{ interface = \"lan" + link + "\"" + vlan + " }");
        }
        return new TappedHost(
                vlans, mtu, "[path.dup0]\nformat = \"frer\"\nlinks = [" + links + "]\n" + keys + FENCE_STREAM);
    }

    private void connect(int link, int mtu) {
        String name = "lan" + link;
        String mac = "02:00:00:00:aa:0" + link;
        test.run(
                "ip",
                "link",
                "add",
                name,
                "mtu",
                Integer.toString(FAR_MTU),
                "type",
                "veth",
                "peer",
                "name",
                name,
                "address",
                mac,
                "mtu",
                Integer.toString(mtu),
                "netns",
                host.name());
        test.run("ip", "link", "set", name, "arp", "off", "up");
        host.up(name);
    }

    private Tap tap(int link) {
        return new Tap(RawFrames.open(test, "lan" + link));
    }

    Twinpathd daemon() {
        return daemon;
    }

    Namespace host() {
        return host;
    }

    /** Pulls a link's plug and waits until the daemon has seen it. */
    void cut(int link) {
        links.set(link, Optional.empty()).ifPresent(Tap::close);
        test.run("ip", "link", "set", "lan" + link, "down");
        awaitCondition(link, "no carrier");
    }

    /** Puts a link's plug in again and waits until the daemon has seen it. */
    void heal(int link) {
        test.run("ip", "link", "set", "lan" + link, "up");
        links.set(link, Optional.of(tap(link)));
        awaitCondition(link, "carrying");
    }

    private void awaitCondition(int link, String condition) {
        Await.until(
                "link " + link + " is " + condition,
                LIMIT,
                () -> linkStatus(link).get("condition").getAsString().equals(condition));
    }

    /** Sends a frame to the host on LAN A. */
    void onLanA(String hex) {
        onLink(0, hex);
    }

    /** Sends a frame to the host on LAN B. */
    void onLanB(String hex) {
        onLink(1, hex);
    }

    /** Sends a frame to the host on a link, LAN A being 0. */
    void onLink(int link, String hex) {
        links.get(link).orElseThrow().send(hex);
    }

    /** Sends a frame from the host's applications. */
    void fromInside(String hex) {
        inside.send(hex);
    }

    /** What the host's applications' interface received since the last call, in order. */
    List<String> insideReceived() {
        List<String> sent = new ArrayList<>();
        for (int link = 0; link < links.size(); link++) {
            if (links.get(link).isPresent()) {
                String fence = fence();
                String tag = vlans.get(link) == 0 ? "" : "8100" + HEX.toHexDigits((short) (int) vlans.get(link));
                onLink(link, FENCE + NEIGHBOUR + tag + fence);
                sent.add(fence);
            }
        }
        return inside.takeUntil(sent);
    }

    /** What the host sent on its links since the last call, in order; nothing on a link that is cut. */
    Sent sent() {
        return new Sent(allSent().links().stream()
                .map(link -> link.stream().filter(frame -> !isOfItsOwn(frame)).toList())
                .toList());
    }

    /** As {@link #sent}, with what the host sends by itself: that has sequence numbers as well. */
    Sent allSent() {
        String fence = fence();
        fromInside(FENCE + OWN + fence);
        return new Sent(links.stream()
                .map(link -> link.map(tap -> tap.takeUntil(List.of(fence))).orElse(List.of()))
                .toList());
    }

    private static boolean isOfItsOwn(String frame) {
        return frame.startsWith(SUPERVISION) || frame.startsWith(CONTINUITY);
    }

    /** What was sent on each link. */
    record Sent(List<List<String>> links) {
        List<String> onA() {
            return links.get(0);
        }

        List<String> onB() {
            return links.get(1);
        }
    }

    /** A supervision frame of the host's as sent on LAN A and on LAN B, with the same sequence number. */
    Sent awaitSupervision() {
        String onA = links.get(0).orElseThrow().await(SUPERVISION);
        String onB = links.get(1).orElseThrow().await(onA.substring(0, onA.length() - 8));
        return new Sent(List.of(List.of(onA), List.of(onB)));
    }

    /** What follows a fence's addresses and tags. */
    private String fence() {
        return FENCE_TYPE + HEX.toHexDigits(++fences) + "00".repeat(42);
    }

    /** An interface with the frames it received that were not looked at yet. */
    private static final class Tap implements AutoCloseable {
        private final RawFrames frames;
        private int taken;

        Tap(RawFrames frames) {
            this.frames = frames;
        }

        void send(String hex) {
            frames.send(HEX.parseHex(hex));
        }

        /** The frames not taken yet up to the last of the fences, without any fence. */
        List<String> takeUntil(List<String> fences) {
            Await.until("fences arrived", LIMIT, () -> {
                List<String> fresh = fresh();
                return fences.stream()
                        .allMatch(fence ->
                                fresh.stream().anyMatch(frame -> frame.startsWith(FENCE) && frame.contains(fence)));
            });
            List<String> fresh = fresh();
            taken += fresh.size();
            return fresh.stream().filter(frame -> !frame.startsWith(FENCE)).toList();
        }

        /** The first frame ever received that begins so. */
        String await(String beginning) {
            Await.until("a frame " + beginning, LIMIT, () -> all().anyMatch(frame -> frame.startsWith(beginning)));
            return all().filter(frame -> frame.startsWith(beginning))
                    .findFirst()
                    .orElseThrow();
        }

        private Stream<String> all() {
            return frames.received().stream().map(HEX::formatHex);
        }

        private List<String> fresh() {
            List<byte[]> all = frames.received();
            return all.subList(taken, all.size()).stream().map(HEX::formatHex).toList();
        }

        @Override
        public void close() {
            frames.close();
        }
    }

    /** A counter of a link, LAN A being 0, or of the path with -1. */
    long counter(int link, String key) {
        JsonObject scope = link < 0 ? daemon.path() : linkStatus(link);
        return scope.getAsJsonObject("counters").get(key).getAsLong();
    }

    /** A counter of every link, summed. */
    long linkSum(String key) {
        long sum = 0;
        for (JsonElement link : daemon.path().getAsJsonArray("links")) {
            sum += link.getAsJsonObject().getAsJsonObject("counters").get(key).getAsLong();
        }
        return sum;
    }

    JsonObject linkStatus(int link) {
        return daemon.path().getAsJsonArray("links").get(link).getAsJsonObject();
    }

    /** A stream's counters, as {@code twinpathctl stream} tells them. */
    JsonObject streamCounters(String name) {
        for (JsonElement stream : daemon.streams("dup0")) {
            if (stream.getAsJsonObject().get("name").getAsString().equals(name)) {
                return stream.getAsJsonObject().getAsJsonObject("counters");
            }
        }
        throw new IllegalStateException("no stream " + name);
    }

    /** What the daemon knows of a sender, as {@code status} tells it. */
    JsonObject node(String address) {
        String mac = address.replaceAll("..(?!$)", "$0:");
        for (JsonElement node : daemon.path().getAsJsonArray("nodes")) {
            if (node.getAsJsonObject().get("address").getAsString().equals(mac)) {
                return node.getAsJsonObject();
            }
        }
        throw new IllegalStateException("no node " + mac + " in " + daemon.status());
    }

    /** A redundancy control trailer for a frame of {@code frameOctets}, as a PRP node sends it. */
    static String trailer(int number, int lan, int lsduSize) {
        return HEX.formatHex(ByteBuffer.allocate(6)
                .putShort((short) number)
                .putShort((short) ((lan << 12) | lsduSize))
                .putShort((short) 0x88FB)
                .array());
    }

    /** An R-TAG as an FRER node sends it. */
    static String rTag(int number) {
        return "f1c10000" + HEX.toHexDigits((short) number);
    }

    @Override
    public void close() {
        links.forEach(link -> link.ifPresent(Tap::close));
        inside.close();
        daemon.close();
        host.close();
        test.close();
        folder.close();
    }
}
