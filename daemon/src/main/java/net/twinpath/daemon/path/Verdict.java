package net.twinpath.daemon.path;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.twinpath.config.Inside;
import net.twinpath.config.PathSettings;
import net.twinpath.daemon.apply.PathGround;
import net.twinpath.duppath.nodes.Node;
import net.twinpath.netlink.route.MacAddress;

/**
 * Why a path is in its condition and what an operator can do about it, in words.
 *
 * @param settings   the path's
 * @param ground     its interfaces
 * @param condition  how it fares
 * @param hasFailed  whether its data path has failed and is about to be started again
 * @param isInsideUp whether frames can come from inside
 * @param links      LAN A, LAN B, and so on
 * @param nodes      senders heard on the links
 */
record Verdict(
        PathSettings settings,
        PathGround ground,
        PathCondition condition,
        boolean hasFailed,
        boolean isInsideUp,
        List<RunningLink> links,
        List<Node> nodes) {
    Verdict {
        links = List.copyOf(links);
        nodes = List.copyOf(nodes);
    }

    /** Why the path is in its condition. */
    String reason() {
        if (hasFailed) {
            return "the data path failed and is being started again; the log tells why";
        }
        if (!isInsideUp) {
            return settings.inside() instanceof Inside.Gateway gateway
                    ? "the inside port " + gateway.interfaceName() + " is gone, off or has no carrier: no frame passes"
                    : "the interface " + settings.name() + " or " + settings.peerName()
                            + " is gone or was switched off: no frame passes";
        }
        String words = links.stream()
                .map(link -> link.name() + " " + link.condition().words())
                .collect(Collectors.joining(", "));
        return switch (condition) {
            case PROTECTED -> words + ": any one link may fail without losing a frame";
            case DEGRADED -> words + ": frames pass, but the next failure may lose some";
            case DOWN -> words + ": no frame passes";
        };
    }

    /** What an operator can do about it; empty when all is well. */
    List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (!isInsideUp) {
            advice.add(insideAdvice());
        }
        links.stream()
                .filter(link -> link.condition() != LinkCondition.CARRYING)
                .map(this::advice)
                .forEach(advice::add);
        links.stream()
                .filter(RunningLink::lansCrossed)
                .map(Verdict::crossedAdvice)
                .forEach(advice::add);
        nodes.stream()
                .filter(Verdict::isUnmarkedOnTwoLinks)
                .map(Verdict::advice)
                .forEach(advice::add);
        return advice;
    }

    private String insideAdvice() {
        return settings.inside() instanceof Inside.Gateway gateway
                ? gateway.interfaceName() + ": check its cable; ip link set " + gateway.interfaceName() + " up"
                : "ip link set " + settings.name() + " up; ip link set " + settings.peerName() + " up";
    }

    private String advice(RunningLink link) {
        String name = link.name();
        return switch (link.condition()) {
            case CARRYING -> "";
            case LOOPED ->
                name + ": brings our own frames back; it must not be connected to another link's network, and that"
                        + " network must have no loop";
            case TOO_SMALL ->
                name + ": large frames do not fit and are sent on the other links only; ip link set " + name + " mtu "
                        + ground.linkMtu();
            case SWITCHED_OFF -> name + ": it was switched off on this machine; ip link set " + name + " up";
            case NO_CARRIER -> name + ": check its cable and the switch port; it joins by itself when it is back";
            case SILENT ->
                name + ": has carrier but brings nothing; check the network behind it and the neighbours' daemons";
            case GONE -> name + ": the interface was removed; it joins by itself when it is back";
        };
    }

    private static String crossedAdvice(RunningLink link) {
        return link.name()
                + ": frames of the other LAN come over it; are the two cables of this or another node crossed?";
    }

    private static boolean isUnmarkedOnTwoLinks(Node node) {
        return node.kind() == Node.Kind.SAN
                && node.heardNs().stream().filter(heard -> heard != Node.NEVER).count() > 1;
    }

    private static String advice(Node node) {
        return new MacAddress(node.address())
                + ": heard on two links without sequence numbers, so its frames come twice: it is in both networks, or"
                + " something between cuts the marks off (a bridge that filters IP does)";
    }
}
