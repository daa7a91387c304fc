package net.twinpath.daemon.path;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import net.twinpath.config.Format;
import net.twinpath.config.value.InterfaceAddress;
import net.twinpath.daemon.Version;
import net.twinpath.daemon.control.TextArray;
import net.twinpath.daemon.machine.MachineReport;
import net.twinpath.duppath.StreamState;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.DupPathCounter.Scope;
import net.twinpath.duppath.counters.OrderingCounter;
import net.twinpath.duppath.counters.StreamCounter;
import net.twinpath.duppath.nodes.Node;
import net.twinpath.netlink.ethtool.LinkStatus;
import net.twinpath.netlink.route.MacAddress;

/** The answer to the request {@code status}. Times are ISO 8601 in UTC, counters are since the path started or they were reset. */
public final class StatusReport {
    private static final long NANOS_PER_MS = 1_000_000;

    /** Streams in one answer: with a thousand it would be larger than a packet may be. */
    private static final int MOST_STREAMS = 64;

    /** Nodes in a status, which is asked for again and again. */
    private static final int FIRST_NODES = 64;

    /** Nodes in one answer to the request {@code nodes}: on eight links they take a third of a packet. */
    private static final int MOST_NODES = 1024;

    private StatusReport() {}

    /**
     * Describes all paths.
     *
     * @param started when the daemon started
     * @param machine how it stands with the machine's settings
     * @param paths   the configured paths
     */
    public static JsonObject of(Instant started, MachineReport machine, List<RunningPath> paths) {
        JsonObject status = new JsonObject();
        status.addProperty("version", Version.number());
        status.addProperty("pid", ProcessHandle.current().pid());
        status.addProperty("started", started.toString());
        PathCondition worst =
                PathCondition.worst(paths.stream().map(RunningPath::condition).toList());
        status.addProperty("condition", worst.words());
        status.add("machine", machine(machine));
        JsonArray array = new JsonArray();
        paths.forEach(path -> array.add(path(path)));
        status.add("paths", array);
        return status;
    }

    private static JsonObject machine(MachineReport machine) {
        JsonObject object = new JsonObject();
        object.addProperty("settings", machine.settings());
        object.add("problems", TextArray.of(machine.problems()));
        object.add("left_alone", TextArray.of(machine.leftAlone()));
        object.addProperty("repairs", machine.repairs());
        object.addProperty("last_repair", machine.lastRepair().orElse(null));
        object.add("foreign_managers", TextArray.of(machine.foreignManagers()));
        object.add("absent_interfaces", TextArray.of(machine.absent()));
        object.add("unknown_sysctls", TextArray.of(machine.unknownSysctls()));
        JsonObject skipped = new JsonObject();
        machine.skippedSysctls().forEach(skipped::addProperty);
        object.add("skipped_sysctls", skipped);
        return object;
    }

    private static JsonObject path(RunningPath path) {
        JsonObject object = new JsonObject();
        object.addProperty("name", path.settings().name());
        object.addProperty("condition", path.condition().words());
        object.addProperty("since", path.since().toString());
        Verdict verdict = path.verdict();
        object.addProperty("proven", verdict.isProven());
        object.addProperty("reason", verdict.reason());
        object.add("warnings", TextArray.of(path.warnings()));
        object.add("advice", TextArray.of(verdict.advice()));
        object.addProperty("format", path.settings().format().text());
        object.addProperty("mtu", path.ground().mtu());
        object.addProperty("mac", path.ground().ownMac().toString());
        object.add(
                "address",
                TextArray.of(path.settings().addresses().stream()
                        .map(InterfaceAddress::toString)
                        .toList()));
        object.addProperty("restarts", path.restarts());
        object.addProperty("counted_since", path.countedSince().toString());
        object.add("drill", path.drill().map(Drill::json).orElse(null));
        object.addProperty("out_ring_full", path.outRingFull());
        object.add("residual_loss", residualLoss(path.residualLossSinceReset()));
        object.addProperty("inside", path.settings().inside().text());
        object.add("counters", counters(path.counters(), Scope.PATH));
        object.add("ordering", path.ordering().map(StatusReport::ordering).orElse(JsonNull.INSTANCE));
        JsonArray links = new JsonArray();
        path.links().forEach(link -> links.add(link(path, link)));
        object.add("links", links);
        long nowNs = System.nanoTime();
        List<Node> nodes = path.nodes();
        object.addProperty("nodes_in_all", nodes.size());
        object.add("nodes", nodes(nodes.stream().limit(FIRST_NODES).toList(), path.links(), nowNs));
        object.add(
                "inside_devices",
                TextArray.of(
                        path.insideDevices().stream().map(MacAddress::toString).toList()));
        List<StreamState> streams = path.streams();
        object.addProperty("streams_in_all", streams.size());
        object.add("streams", streams(streams.subList(0, Math.min(MOST_STREAMS, streams.size()))));
        return object;
    }

    private static JsonObject residualLoss(ResidualLoss loss) {
        JsonObject object = new JsonObject();
        object.addProperty("lost", loss.lost());
        object.addProperty("frames", loss.frames());
        object.addProperty("exact", loss.isExact());
        object.addProperty("supervision_lost", loss.supervisionLost());
        object.addProperty("supervision_frames", loss.supervisionFrames());
        object.addProperty("unknown_pauses", loss.unknownPauses());
        return object;
    }

    /**
     * The answer to the request {@code streams}: some of a path's streams.
     *
     * @param params checked: the path's name, and from which place on its streams are wanted (from the first when not said)
     * @return {@code streams}, and {@code next}: from where to ask on, null at the end
     * @throws IllegalArgumentException when there is no such path or place
     */
    public static JsonObject streams(List<RunningPath> paths, JsonObject params) {
        RunningPath path = path(paths, params.get("path").getAsString());
        List<StreamState> all = path.streams();
        int from = from(params, all.size());
        int end = Math.min(from + MOST_STREAMS, all.size());
        JsonObject page = new JsonObject();
        JsonArray streams = streams(all.subList(from, end));
        for (int i = from; i < end; i++) {
            streams.get(i - from).getAsJsonObject().add("individual", individual(all.get(i), path.links()));
        }
        page.add("streams", streams);
        page.add("next", end == all.size() ? JsonNull.INSTANCE : new JsonPrimitive(end));
        return page;
    }

    /**
     * The answer to the request {@code nodes}: some of the senders heard, in the order of their addresses, so that none is
     * told twice or passed over because others come and go meanwhile.
     *
     * @param params checked: the path's name, and behind which address to go on (from the first when not said)
     * @return {@code nodes}, and {@code next}: the address to go on behind, null at the end
     * @throws IllegalArgumentException when there is no such path, or that is no address
     */
    public static JsonObject nodes(List<RunningPath> paths, JsonObject params) {
        RunningPath path = path(paths, params.get("path").getAsString());
        long after = params.has("after")
                ? MacAddress.parse(params.get("after").getAsString()).bits()
                : -1;
        List<Node> some = path.nodes().stream()
                .filter(node -> node.address() > after)
                .sorted(Comparator.comparingLong(Node::address))
                .limit(MOST_NODES)
                .toList();
        JsonObject page = new JsonObject();
        page.add("nodes", nodes(some, path.links(), System.nanoTime()));
        page.addProperty(
                "next",
                some.size() < MOST_NODES
                        ? null
                        : new MacAddress(some.get(MOST_NODES - 1).address()).toString());
        return page;
    }

    private static int from(JsonObject params, int streams) {
        long from = params.has("from") ? params.get("from").getAsLong() : 0;
        if (from >= streams) {
            throw new IllegalArgumentException("\"from\" must be a whole number from 0 to " + (streams - 1));
        }
        return (int) from;
    }

    /**
     * The path of a name.
     *
     * @throws IllegalArgumentException when there is none; the message names those there are
     */
    public static RunningPath path(List<RunningPath> paths, String name) {
        return paths.stream()
                .filter(path -> path.settings().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no path \"" + name + "\"; "
                        + (paths.isEmpty()
                                ? "there is none"
                                : "there are: "
                                        + paths.stream()
                                                .map(path -> path.settings().name())
                                                .collect(Collectors.joining(", ")))));
    }

    private static JsonArray streams(List<StreamState> streams) {
        JsonArray array = new JsonArray();
        for (StreamState stream : streams) {
            JsonObject object = new JsonObject();
            object.addProperty("name", stream.name());
            object.addProperty(
                    "action", stream.action().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            object.addProperty("latent_error", stream.hasLatentError());
            object.add("counters", counters(stream.counters()));
            array.add(object);
        }
        return array;
    }

    private static JsonArray individual(StreamState stream, List<RunningLink> links) {
        JsonArray array = new JsonArray();
        if (!stream.individual().isEmpty()) {
            for (RunningLink link : links) {
                JsonObject object = new JsonObject();
                object.addProperty("link", link.name());
                object.add(
                        "counters", counters(stream.individual().get(link.port().place())));
                array.add(object);
            }
        }
        return array;
    }

    private static JsonObject counters(CounterBlock ofStream) {
        JsonObject counters = new JsonObject();
        for (StreamCounter counter : StreamCounter.values()) {
            counters.addProperty(counter.key(), ofStream.sinceReset(counter));
        }
        return counters;
    }

    private static JsonElement ordering(CounterBlock counters) {
        JsonObject object = new JsonObject();
        for (OrderingCounter counter : OrderingCounter.values()) {
            object.addProperty(counter.key(), counters.value(counter));
        }
        return object;
    }

    private static JsonObject link(RunningPath path, RunningLink link) {
        long passed = path.passedSinceReset();
        JsonObject object = new JsonObject();
        object.addProperty("name", link.name());
        object.addProperty("lan", link.lan());
        object.add("vlan", number(link.settings().vlan()));
        object.addProperty("condition", link.condition().words());
        addDetails(link.details(), object);
        object.add(
                "first_share",
                passed == 0 ? JsonNull.INSTANCE : new JsonPrimitive((double) link.cameFirstSinceReset() / passed));
        OptionalDouble loss = link.loss();
        object.add("recent_loss", loss.isPresent() ? new JsonPrimitive(loss.getAsDouble()) : JsonNull.INSTANCE);
        RecentLead.Leads leads = link.leads();
        object.addProperty("lead_p50_us", leads.count() == 0 ? null : leads.medianUs());
        object.addProperty("lead_p99_us", leads.count() == 0 ? null : leads.p99Us());
        object.addProperty("missing", Math.max(0, passed - link.heardSinceReset()));
        OptionalLong lastFrame = link.lastFrameMsAgo(RunningPath.nowMs());
        object.add(
                "last_frame_ms_ago",
                lastFrame.isPresent() ? new JsonPrimitive(lastFrame.getAsLong()) : JsonNull.INSTANCE);
        object.addProperty("rx_ring_full", link.ringFull());
        object.add("counters", counters(link.counters(), Scope.LINK));
        if (path.settings().format() == Format.PRP) {
            object.add("lre", linkRedundancyEntity(path, link));
        }
        return object;
    }

    /** What is not known is null. */
    private static void addDetails(Optional<InterfaceDetails> details, JsonObject object) {
        Optional<LinkStatus> cable = details.flatMap(InterfaceDetails::cable);
        object.add("speed_mbit", number(cable.map(LinkStatus::speedMbps).orElse(OptionalInt.empty())));
        object.add("duplex", cable.map(StatusReport::duplex).orElse(JsonNull.INSTANCE));
        object.addProperty("mtu", details.map(InterfaceDetails::mtu).orElse(null));
        object.addProperty(
                "carrier_changes", details.map(InterfaceDetails::carrierChanges).orElse(null));
    }

    private static JsonElement duplex(LinkStatus cable) {
        return switch (cable.duplex()) {
            case HALF -> new JsonPrimitive("half");
            case FULL -> new JsonPrimitive("full");
            case UNKNOWN -> JsonNull.INSTANCE;
        };
    }

    private static JsonElement number(OptionalInt number) {
        return number.isPresent() ? new JsonPrimitive(number.getAsInt()) : JsonNull.INSTANCE;
    }

    /**
     * The counters of IEC 62439-3's link redundancy entity under its names, which are Linux's too (HSR_XSTATS of
     * {@code net/hsr}), for one LAN. {@code cnt_unique} and {@code cnt_duplicate} count the frames this LAN brought first
     * of which no other copy has come yet and of which one has; {@code cnt_multi} counts every copy beyond a second.
     */
    private static JsonObject linkRedundancyEntity(RunningPath path, RunningLink link) {
        CounterBlock counters = link.counters();
        long confirmed = path.links().stream()
                .filter(other -> other != link)
                .mapToLong(other -> other.counters().sinceReset(DupPathCounter.RX_DUPLICATES))
                .sum();
        JsonObject object = new JsonObject();
        object.addProperty("cnt_tx", counters.sinceReset(DupPathCounter.TX_FRAMES));
        object.addProperty("cnt_rx", counters.sinceReset(DupPathCounter.RX_FRAMES));
        object.addProperty("cnt_err_wrong_lan", counters.sinceReset(DupPathCounter.RX_WRONG_LAN));
        object.addProperty(
                "cnt_errors",
                counters.sinceReset(DupPathCounter.RX_TOO_SHORT)
                        + counters.sinceReset(DupPathCounter.RX_SUPERVISION_BAD)
                        + counters.sinceReset(DupPathCounter.RX_SUPER_FRAMES)
                        + counters.sinceReset(DupPathCounter.RX_PORT_ERRORS));
        object.addProperty("cnt_unique", Math.max(0, link.cameFirstSinceReset() - confirmed));
        object.addProperty("cnt_duplicate", Math.min(link.cameFirstSinceReset(), confirmed));
        object.addProperty("cnt_multi", counters.sinceReset(DupPathCounter.RX_REPEATED));
        object.addProperty("cnt_own_rx", counters.sinceReset(DupPathCounter.RX_OWN));
        return object;
    }

    private static JsonArray nodes(List<Node> nodes, List<RunningLink> links, long nowNs) {
        JsonArray array = new JsonArray();
        nodes.forEach(node -> array.add(node(node, links, nowNs)));
        return array;
    }

    private static JsonObject node(Node node, List<RunningLink> links, long nowNs) {
        JsonObject object = new JsonObject();
        object.addProperty("address", new MacAddress(node.address()).toString());
        object.addProperty("kind", node.kind().words());
        if (node.kind() == Node.Kind.VIRTUAL_DAN) {
            object.addProperty("red_box", new MacAddress(node.redBox()).toString());
        }
        for (RunningLink link : links) {
            long heardNs = node.heardNs().get(link.port().place());
            object.add("heard_on_" + link.lan().toLowerCase(Locale.ROOT) + "_ms_ago", msAgo(heardNs, nowNs));
        }
        return object;
    }

    private static JsonElement msAgo(long heardNs, long nowNs) {
        return heardNs == Node.NEVER
                ? JsonNull.INSTANCE
                : new JsonPrimitive(Math.max(0, (nowNs - heardNs) / NANOS_PER_MS));
    }

    private static JsonObject counters(CounterBlock block, Scope scope) {
        JsonObject object = new JsonObject();
        for (DupPathCounter counter : DupPathCounter.values()) {
            if (counter.scope() == scope) {
                object.addProperty(counter.key(), block.sinceReset(counter));
            }
        }
        return object;
    }
}
