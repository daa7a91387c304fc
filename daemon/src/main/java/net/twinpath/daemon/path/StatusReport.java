package net.twinpath.daemon.path;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.List;
import net.twinpath.config.InterfaceAddress;
import net.twinpath.daemon.Version;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.DupPathCounter.Scope;
import net.twinpath.duppath.nodes.Node;
import net.twinpath.netlink.route.MacAddress;

/** The answer to the request {@code status}. Times are ISO 8601 in UTC, counters are since the path started. */
public final class StatusReport {
    private static final long NANOS_PER_MS = 1_000_000;

    private StatusReport() {}

    /**
     * Describes all paths.
     *
     * @param started when the daemon started
     * @param paths   the configured paths
     */
    public static JsonObject of(Instant started, List<RunningPath> paths) {
        JsonObject status = new JsonObject();
        status.addProperty("version", Version.number());
        status.addProperty("pid", ProcessHandle.current().pid());
        status.addProperty("started", started.toString());
        PathCondition worst =
                PathCondition.worst(paths.stream().map(RunningPath::condition).toList());
        status.addProperty("condition", worst.words());
        JsonArray array = new JsonArray();
        paths.forEach(path -> array.add(path(path)));
        status.add("paths", array);
        return status;
    }

    private static JsonObject path(RunningPath path) {
        JsonObject object = new JsonObject();
        object.addProperty("name", path.settings().name());
        object.addProperty("condition", path.condition().words());
        object.addProperty("since", path.since().toString());
        object.addProperty("reason", path.reason());
        object.add("advice", strings(path.advice()));
        object.addProperty("format", path.settings().format().text());
        object.addProperty("mtu", path.ground().mtu());
        object.addProperty("mac", path.ground().ownMac().toString());
        object.add(
                "address",
                strings(path.settings().addresses().stream()
                        .map(InterfaceAddress::toString)
                        .toList()));
        object.addProperty("restarts", path.restarts());
        object.addProperty("out_ring_full", path.outRingFull());
        object.add("counters", counters(path.counters(), Scope.PATH));
        JsonArray links = new JsonArray();
        path.links().forEach(link -> links.add(link(link, path.passed())));
        object.add("links", links);
        long nowNs = System.nanoTime();
        JsonArray nodes = new JsonArray();
        path.nodes().forEach(node -> nodes.add(node(node, nowNs)));
        object.add("nodes", nodes);
        return object;
    }

    private static JsonObject link(RunningLink link, long passed) {
        JsonObject object = new JsonObject();
        object.addProperty("name", link.name());
        object.addProperty("lan", link.lan());
        object.addProperty("condition", link.condition().words());
        object.add(
                "first_share", passed == 0 ? JsonNull.INSTANCE : new JsonPrimitive((double) link.cameFirst() / passed));
        object.addProperty("missing", Math.max(0, passed - link.heard()));
        object.addProperty("rx_ring_full", link.ringFull());
        object.add("counters", counters(link.counters(), Scope.LINK));
        return object;
    }

    private static JsonObject node(Node node, long nowNs) {
        JsonObject object = new JsonObject();
        object.addProperty("address", new MacAddress(node.address()).toString());
        object.addProperty("kind", node.kind().words());
        if (node.kind() == Node.Kind.VIRTUAL_DAN) {
            object.addProperty("red_box", new MacAddress(node.redBox()).toString());
        }
        object.add("heard_on_a_ms_ago", msAgo(node.heardOnANs(), nowNs));
        object.add("heard_on_b_ms_ago", msAgo(node.heardOnBNs(), nowNs));
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
                object.addProperty(counter.key(), block.value(counter));
            }
        }
        return object;
    }

    private static JsonArray strings(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
