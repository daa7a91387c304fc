package net.twinpath.daemon.path;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.twinpath.daemon.event.Events;
import net.twinpath.duppath.counters.CounterBlock;
import net.twinpath.duppath.counters.DupPathCounter;
import net.twinpath.duppath.nodes.Node;

/**
 * What the nodes on a path's links tell by what they announce, by how their frames come, and by being too many for the
 * path's tables. Looked at a few times a second. Pure: no clock, no I/O.
 */
final class NodeWatch {
    private final PeerWatch peers;
    private final Map<Long, Recently> unmarkedTwice = new HashMap<>();
    private final Recently withoutPlace = new Recently(0, 0);
    private final Recently withoutProxy = new Recently(0, 0);
    private List<Node> nodes = List.of();
    private Neighbourhood neighbourhood = new Neighbourhood(List.of(), 0);

    /** @param path the path's name */
    NodeWatch(String path, Events events) {
        peers = new PeerWatch(path, events);
    }

    /**
     * What an operator should know of the nodes.
     *
     * @param isAlone       whether nobody was heard on any link
     * @param neighbourhood the other ends
     * @param heardTwice    senders whose frames come over two links without marks
     * @param isFull        whether the node table had no place for somebody lately
     * @param isProxyFull   whether the proxy node table had no place for a device behind the gateway lately
     */
    record Findings(
            boolean isAlone, Neighbourhood neighbourhood, List<Node> heardTwice, boolean isFull, boolean isProxyFull) {
        Findings {
            heardTwice = List.copyOf(heardTwice);
        }
    }

    /** Begins anew, as the path's tables do. */
    void forget() {
        peers.forget();
    }

    /**
     * Takes a look.
     *
     * @param now        the senders known now
     * @param counters   the path's
     * @param intervalNs how often those announce themselves that do not say
     * @param nowMs      time, never going back
     * @param nowNs      time by the clock of the path
     */
    void look(List<Node> now, CounterBlock counters, long intervalNs, long nowMs, long nowNs) {
        nodes = now;
        neighbourhood = Neighbourhood.of(nodes, intervalNs, nowNs);
        peers.look(neighbourhood.present().stream().map(Node::address).toList());
        unmarkedTwice.keySet().retainAll(nodes.stream().map(Node::address).collect(Collectors.toSet()));
        for (Node node : nodes) {
            if (node.unmarkedTwice() > 0) {
                unmarkedTwice
                        .computeIfAbsent(node.address(), address -> new Recently(0, nowMs))
                        .sample(node.unmarkedTwice(), nowMs);
            }
        }
        withoutPlace.sample(counters.value(DupPathCounter.IN_NODE_TABLE_FULL), nowMs);
        withoutProxy.sample(counters.value(DupPathCounter.OUT_PROXY_TABLE_FULL), nowMs);
    }

    /** The longest time between two announcements of a node, nanoseconds; 0 when none says it. */
    long longestIntervalNs() {
        return nodes.stream().mapToLong(Node::intervalNs).max().orElse(0);
    }

    Neighbourhood neighbourhood() {
        return neighbourhood;
    }

    Findings findings(long nowMs) {
        return new Findings(
                nodes.isEmpty(),
                neighbourhood,
                nodes.stream()
                        .filter(node -> unmarkedTwice.containsKey(node.address())
                                && unmarkedTwice.get(node.address()).rose(nowMs))
                        .toList(),
                withoutPlace.rose(nowMs),
                withoutProxy.rose(nowMs));
    }
}
