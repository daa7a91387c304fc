package net.twinpath.daemon.path;

import static net.twinpath.daemon.control.Schema.count;
import static net.twinpath.daemon.control.Schema.flag;
import static net.twinpath.daemon.control.Schema.list;
import static net.twinpath.daemon.control.Schema.map;
import static net.twinpath.daemon.control.Schema.number;
import static net.twinpath.daemon.control.Schema.object;
import static net.twinpath.daemon.control.Schema.text;
import static net.twinpath.daemon.control.Schema.word;

import java.util.Arrays;
import java.util.List;
import net.twinpath.daemon.control.Schema;
import net.twinpath.duppath.counters.Counter;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.counters.DupPathCounter.Scope;
import net.twinpath.duppath.counters.OrderingCounter;
import net.twinpath.duppath.counters.StreamCounter;

/** What {@link StatusReport} and {@link Drills} answer, as {@code system.describe} tells of it. */
public final class StatusSchema {
    private static final List<String> CONDITIONS =
            Arrays.stream(PathCondition.values()).map(PathCondition::words).toList();

    private StatusSchema() {}

    /** Of the request {@code status}. */
    public static Schema status() {
        return object("how everything fares")
                .with("version", text("the daemon's"))
                .with("pid", count("the daemon's process id"))
                .with("started", time("when the daemon started"))
                .with("condition", word("the worst path's; protected when there is none", CONDITIONS))
                .with("machine", machine())
                .with("paths", list("in the order of the configuration", path()));
    }

    private static Schema time(String description) {
        return text(description + ", ISO 8601 in UTC");
    }

    private static Schema texts(String description) {
        return list(description, text("one of them"));
    }

    private static Schema machine() {
        return object("how the machine's settings stand")
                .with("settings", count("settings the configuration names"))
                .with("problems", texts("what cannot be repaired"))
                .with("left_alone", texts("settings that somebody changes again and again"))
                .with("repairs", count("how often a setting was set again"))
                .with("last_repair", text("the last of these").orNull())
                .with("foreign_managers", texts("interfaces that other programs look after, too"))
                .with("absent_interfaces", texts("interfaces that are named and not there"))
                .with("unknown_sysctls", texts("keys this kernel does not have"))
                .with("skipped_sysctls", map("keys of a profile the kernel did not take", text("its words")));
    }

    private static Schema path() {
        return object("a path")
                .with("name", text("its name"))
                .with("condition", word("how it fares", CONDITIONS))
                .with("since", time("since when"))
                .with(
                        "proven",
                        flag("whether another node was heard and every link has brought a frame; until then only the"
                                + " carrier speaks for the links"))
                .with("reason", text("why"))
                .with("warnings", texts("what weakens it"))
                .with("advice", texts("what can be done about it"))
                .with("format", text("prp or frer"))
                .with("mtu", count("octets of payload it takes"))
                .with("mac", text("the address it sends with"))
                .with("address", texts("IP addresses with prefix length"))
                .with("restarts", count("how often its data path failed and was started again"))
                .with("counted_since", time("since when the counters count"))
                .with("drill", drill().orNull())
                .with("out_ring_full", count("frames from inside lost because the ring was full"))
                .with("residual_loss", residualLoss())
                .with("inside", text("host, or the interface that devices are behind"))
                .with("counters", counters(Scope.PATH))
                .with("ordering", ordering().orNull())
                .with("links", list("LAN A first", link()))
                .with("nodes_in_all", count("how many senders were heard; the method nodes tells of all"))
                .with("nodes", list("the first of them", node()))
                .with("inside_devices", texts("addresses of the devices heard on the inside port"))
                .with("streams_in_all", count("how many streams there are; the method streams tells of all"))
                .with("streams", list("the first of them", stream()));
    }

    private static Schema residualLoss() {
        return object("frames that no link brought")
                .with("lost", count("numbers that no link brought"))
                .with("frames", count("sequenced frames that some link brought, and those"))
                .with(
                        "exact",
                        flag("whether they were all lost; else it is the most that can have been, because senders have"
                                + " one counter for all they send, to other nodes too"))
                .with("supervision_lost", count("supervision frames, which are for all nodes, that no link brought"))
                .with("supervision_frames", count("supervision frames that some link brought, and those"))
                .with("unknown_pauses", count("pauses of senders of which it is not known what was lost meanwhile"));
    }

    private static Schema drill() {
        return object("the drill under way")
                .with("link", text("the link that is out of use"))
                .with("until", time("when it is put back"));
    }

    private static Schema counters(Scope scope) {
        return counters(
                "counters",
                Arrays.stream(DupPathCounter.values())
                        .filter(counter -> counter.scope() == scope)
                        .toArray(Counter[]::new));
    }

    private static Schema ordering() {
        return counters("what the ordering function has done", OrderingCounter.values());
    }

    private static Schema counters(String description, Counter... counters) {
        Schema schema = object(description);
        for (Counter counter : counters) {
            schema.with(counter.key(), count(counter.sentence()));
        }
        return schema;
    }

    private static Schema link() {
        return object("a link")
                .with("name", text("its interface"))
                .with("lan", text("A, B, and so on"))
                .with("vlan", count("its VLAN identifier").orNull())
                .with(
                        "condition",
                        word(
                                "how it fares",
                                Arrays.stream(LinkCondition.values())
                                        .map(LinkCondition::words)
                                        .toList()))
                .with("speed_mbit", count("megabits a second").orNull())
                .with("duplex", text("half or full").orNull())
                .with("mtu", count("the interface's").orNull())
                .with("carrier_changes", count("since the interface exists").orNull())
                .with(
                        "first_share",
                        number("share of the sequenced frames that it brought first")
                                .orNull())
                .with(
                        "recent_loss",
                        number("share of the last seconds' frames that it did not bring")
                                .orNull())
                .with(
                        "lead_p50_us",
                        count("microseconds by which half of its first copies, in the last half minute or so, were at"
                                        + " most ahead of another link's")
                                .orNull())
                .with("lead_p99_us", count("the same for 99 of 100").orNull())
                .with("missing", count("frames that came over other links only"))
                .with(
                        "last_frame_ms_ago",
                        count("milliseconds since a frame of any kind came over it; null for never")
                                .orNull())
                .with("rx_ring_full", count("frames lost because the ring was full"))
                .with("counters", counters(Scope.LINK))
                .maybe("lre", linkRedundancyEntity());
    }

    private static Schema linkRedundancyEntity() {
        Schema entity = object("counters of IEC 62439-3's link redundancy entity, of a PRP link");
        for (String key : List.of(
                "cnt_tx",
                "cnt_rx",
                "cnt_err_wrong_lan",
                "cnt_errors",
                "cnt_unique",
                "cnt_duplicate",
                "cnt_multi",
                "cnt_own_rx")) {
            entity.with(key, count("as the standard has it"));
        }
        return entity;
    }

    private static Schema node() {
        Schema node = object("a sender")
                .with("address", text("its MAC address"))
                .with("kind", text("DAN, SAN, RedBox or VDAN"))
                .maybe("red_box", text("the RedBox it is behind"));
        for (char lan = 'a'; lan <= 'h'; lan++) {
            node.maybe(
                    "heard_on_" + lan + "_ms_ago",
                    count("milliseconds; null for never").orNull());
        }
        return node;
    }

    /** Of the request {@code nodes}. */
    public static Schema nodes() {
        return object("some of the senders heard")
                .with("nodes", list("in the order of their addresses", node()))
                .with(
                        "next",
                        text("the address to go on behind; null at the end").orNull());
    }

    private static Schema stream() {
        return object("a stream")
                .with("name", text("its name"))
                .with("action", word("what becomes of its frames", List.of("duplicate", "first-link", "drop")))
                .with("latent_error", flag("whether not every link brings every frame"))
                .with("counters", streamCounters());
    }

    private static Schema streamCounters() {
        return counters("managed counters of IEEE 802.1CB clause 10", StreamCounter.values());
    }

    private static Schema individual() {
        return object("a link's individual recovery function")
                .with("link", text("the link's interface"))
                .with("counters", streamCounters());
    }

    /** Of the request {@code streams}. */
    public static Schema streams() {
        return object("some of a path's streams")
                .with(
                        "streams",
                        list(
                                "in the order of the configuration",
                                stream()
                                        .with(
                                                "individual",
                                                list(
                                                        "what each link removed alone; empty when not wanted",
                                                        individual()))))
                .with("next", count("from where to ask on; null at the end").orNull());
    }

    /** Of the request {@code drill}. */
    public static Schema drillReport() {
        Schema link = object("a link that bore the load")
                .with("name", text("its interface"))
                .with("lan", text("A, B, and so on"))
                .with("condition", text("the worst it fared meanwhile"))
                .with("received", count("sequenced frames it brought"))
                .with("missing", count("sequenced frames it did not bring"))
                .with("sent", count("frames sent on it"))
                .with("not_sent", count("frames that could not be sent on it"));
        Schema path = object("what one path lost")
                .with("path", text("its name"))
                .with("received", count("sequenced frames passed on"))
                .with("lost_receiving", count("of these, frames that only the drilled link brought"))
                .with("lost_sending", count("frames that no other link took"))
                .with("links", list("the other links", link));
        return object("how the drill went")
                .with("link", text("the link that was out of use"))
                .with("lasted_ms", count("milliseconds it was out of use"))
                .with("as_planned", flag("whether it lasted as long as was asked"))
                .with("ended_because", text("why it ended"))
                .with("paths", list("the paths that have the link", path));
    }
}
