package net.twinpath.daemon.path;

import java.util.List;
import net.twinpath.duppath.nodes.Node;

/**
 * The other ends that announce themselves on every link again and again, and are there now: which of them a link misses,
 * and which say that they miss somebody on it. Pure: no clock, no I/O. Times are by the clock of the path, nanoseconds.
 *
 * @param present    the nodes
 * @param intervalNs how often those announce themselves that do not say
 */
record Neighbourhood(List<Node> present, long intervalNs) {
    Neighbourhood {
        present = List.copyOf(present);
    }

    /** Of all the senders known, those that announce themselves and were heard lately. */
    static Neighbourhood of(List<Node> known, long intervalNs, long nowNs) {
        return new Neighbourhood(
                known.stream()
                        .filter(Node::isAnnounced)
                        .filter(node -> nowNs - node.lastHeardNs() <= patienceNs(node, intervalNs))
                        .toList(),
                intervalNs);
    }

    private static long patienceNs(Node node, long intervalNs) {
        return Node.patienceNs(node.intervalNs() == 0 ? intervalNs : node.intervalNs());
    }

    /**
     * Nodes that are heard, but not on this link.
     *
     * @param link    its place
     * @param sinceNs since when it has carried
     */
    List<Node> missingOn(int link, long sinceNs) {
        return present.stream().filter(node -> isMissing(node, link, sinceNs)).toList();
    }

    private boolean isMissing(Node node, int link, long sinceNs) {
        return Node.isMissing(
                node.lastHeardNs(),
                node.heardNs().get(link),
                Math.max(node.firstHeardNs(), sinceNs),
                patienceNs(node, intervalNs));
    }

    /** True when nodes are heard, but none on this link. */
    boolean isSilent(int link, long sinceNs) {
        return !present.isEmpty() && missingOn(link, sinceNs).size() == present.size();
    }

    /** When a node was last heard on this link; {@link Node#NEVER} for not yet. */
    long heardNs(int link) {
        return present.stream()
                .mapToLong(node -> node.heardNs().get(link))
                .max()
                .orElse(Node.NEVER);
    }

    /** Nodes heard on this link that say they miss somebody on it. */
    List<Node> deafOn(int link, long sinceNs) {
        return present.stream()
                .filter(node -> node.hasDefectOn(link) && !isMissing(node, link, sinceNs))
                .toList();
    }

    /** True when all nodes heard on this link say that they miss somebody on it: most likely us. */
    boolean isUnheard(int link, long sinceNs) {
        List<Node> deaf = deafOn(link, sinceNs);
        return !deaf.isEmpty() && deaf.size() + missingOn(link, sinceNs).size() == present.size();
    }
}
