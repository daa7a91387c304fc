package net.twinpath.daemon.path;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.twinpath.config.Action;
import net.twinpath.config.Inside;
import net.twinpath.config.PathSettings;
import net.twinpath.daemon.apply.PathGround;
import net.twinpath.daemon.path.ImpairmentWatch.Impairment;
import net.twinpath.duppath.nodes.Node;
import net.twinpath.netlink.route.MacAddress;

/**
 * Why a path is in its condition and what an operator can do about it, in words.
 *
 * @param settings      the path's
 * @param ground        its interfaces
 * @param condition     how it fares
 * @param hasFailed     whether its data path has failed and is about to be started again
 * @param isInsideUp    whether frames can come from inside
 * @param links         LAN A, LAN B, and so on
 * @param nodes         what is to be said of the senders on the links
 * @param latentErrors  names of the streams of which too few or too many copies come
 * @param nowMs         time by the clock of the path
 */
record Verdict(
        PathSettings settings,
        PathGround ground,
        PathCondition condition,
        boolean hasFailed,
        boolean isInsideUp,
        List<RunningLink> links,
        NodeWatch.Findings nodes,
        List<String> latentErrors,
        long nowMs) {
    /** More names than these make a line nobody reads. */
    private static final int MOST_NAMES = 3;

    /** Two ways of one site hardly differ by as much, and speech and control loops feel it. */
    private static final long WORTH_TELLING_MS = 10;

    /** What comes and goes around the border is told once. */
    private static final long NO_LONGER_LATE_MS = 8;

    private static final long MS_PER_SECOND = 1_000;

    private static final long US_PER_MS = 1_000;

    private static final String ALL_SILENT =
            "no link brings anything: most likely the other end, its host or its twinpathd, is down; look there first";

    private static final String FULL = "more senders than the node table has places for: frames of further ones come"
            + " twice when they are duplicated; look for a loop or for made-up addresses in the networks behind the links";

    private static final String PROXY_FULL = "more devices behind the gateway than its proxy node table has places for:"
            + " further ones are served, but not announced to the other nodes";

    Verdict {
        links = List.copyOf(links);
        latentErrors = List.copyOf(latentErrors);
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
        return words
                + switch (condition) {
                    case PROTECTED -> protectedReason();
                    case DEGRADED -> degradedReason();
                    case DOWN -> ": no frame passes";
                };
    }

    private String protectedReason() {
        if (nodes.isAlone()) {
            return ": whether frames pass is not known yet, because no other node was heard";
        }
        return isProven()
                ? ": any one link may fail without losing " + whatIsProtected()
                : ": whether frames pass is not known yet of " + String.join(", ", unheardLinks())
                        + ", which brought none so far";
    }

    private List<String> unheardLinks() {
        return links.stream()
                .filter(link -> link.lastFrameMsAgo(nowMs).isEmpty())
                .map(RunningLink::name)
                .toList();
    }

    /** Whether another node was heard and every link has brought a frame: until then only the carrier speaks for them. */
    boolean isProven() {
        return !nodes.isAlone() && unheardLinks().isEmpty();
    }

    /** What goes by one link only is lost with it until that is noticed. */
    private String whatIsProtected() {
        boolean sendsOnOne = settings.selection().unmatched() == Action.FIRST_LINK
                || settings.selection().streams().stream().anyMatch(stream -> stream.action() == Action.FIRST_LINK);
        return sendsOnOne
                ? "a frame that is duplicated; what goes by the first link only is lost until its failure is noticed"
                : "a frame";
    }

    private String degradedReason() {
        long carrying = links.stream()
                .filter(link -> link.condition() == LinkCondition.CARRYING)
                .count();
        return carrying > 1
                ? ": " + carrying + " of " + links.size()
                        + " links carry, and any one of these may fail without losing " + whatIsProtected()
                : ": frames pass, but the next failure may lose some";
    }

    /** What an operator can do about it; empty when all is well. */
    List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (!isInsideUp) {
            advice.add(insideAdvice());
        }
        if (links.size() > 1 && links.stream().allMatch(link -> link.condition() == LinkCondition.SILENT)) {
            advice.add(ALL_SILENT);
        }
        links.stream()
                .filter(link -> link.condition() != LinkCondition.CARRYING)
                .map(this::advice)
                .forEach(advice::add);
        links.stream()
                .filter(RunningLink::lansCrossed)
                .map(Verdict::crossedAdvice)
                .forEach(advice::add);
        links.stream().flatMap(this::neighbourAdvice).forEach(advice::add);
        links.stream()
                .filter(RunningLink::bringsStrangeNumbers)
                .map(this::strangeNumbersAdvice)
                .forEach(advice::add);
        links.stream().flatMap(this::leadAdvice).forEach(advice::add);
        nodes.heardTwice().stream().limit(MOST_NAMES).map(this::twiceAdvice).forEach(advice::add);
        if (nodes.heardTwice().size() > MOST_NAMES) {
            advice.add("and so do those of " + (nodes.heardTwice().size() - MOST_NAMES) + " more senders");
        }
        if (nodes.isFull()) {
            advice.add(FULL);
        }
        if (nodes.isProxyFull()) {
            advice.add(PROXY_FULL);
        }
        if (!latentErrors.isEmpty()) {
            advice.add(latentErrorAdvice());
        }
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
            case DRILLED -> name + ": is put back by itself when the drill ends";
            case LOOPED ->
                name + ": brings our own frames back; it must not be connected to another link's network, and that"
                        + " network must have no loop";
            case TOO_SMALL ->
                name + ": frames of more than its MTU"
                        + link.details().map(it -> ", " + it.mtu() + ",").orElse("")
                        + " are sent on the other links only; ip link set " + name + " mtu "
                        + ground.linkMtu(link.settings());
            case SWITCHED_OFF -> name + ": it was switched off on this machine; ip link set " + name + " up";
            case NO_CARRIER -> name + ": check its cable and the switch port; it joins by itself when it is back";
            case LOSSY ->
                name + ": does not bring " + Math.round(100 * link.loss().orElse(0))
                        + " % of the frames sent to us; check its cable, and the load and errors of the network behind it";
            case UNHEARD ->
                name + ": brings frames, but those sent on it do not arrive; check the network behind it in that"
                        + " direction";
            case SILENT ->
                name + ": has carrier but brings nothing" + lastFrame(link)
                        + "; check the network behind it and the neighbours' daemons";
            case GONE -> name + ": there is no such interface; it joins by itself when it is back";
        };
    }

    private String lastFrame(RunningLink link) {
        OptionalLong ms = link.lastFrameMsAgo(nowMs);
        if (ms.isEmpty()) {
            return " and never has";
        }
        long seconds = ms.getAsLong() / MS_PER_SECOND;
        return " (the last frame came " + (seconds < 120 ? seconds + " s" : seconds / 60 + " min") + " ago)";
    }

    private static String crossedAdvice(RunningLink link) {
        return link.name()
                + ": frames of the other LAN come over it; are the two cables of this or another node crossed?";
    }

    /** Of neighbours that one link misses while it brings others. */
    private Stream<String> neighbourAdvice(RunningLink link) {
        if (!link.condition().passes()) {
            return Stream.empty();
        }
        int place = link.port().place();
        Stream<String> missing = nodes.neighbourhood().missingOn(place, link.carriesSinceNs()).stream()
                .map(node -> address(node) + ": heard on other links, but not on " + link.name()
                        + "; check that node's own link, or the network between");
        Stream<String> deaf = link.condition() == LinkCondition.UNHEARD
                ? Stream.empty()
                : nodes.neighbourhood().deafOn(place, link.carriesSinceNs()).stream()
                        .map(node -> address(node) + ": does not hear every other node on " + link.name()
                                + "; its own status says which one");
        return Stream.concat(missing, deaf).limit(MOST_NAMES);
    }

    private String strangeNumbersAdvice(RunningLink link) {
        return link.name()
                + ": brings frames whose numbers are far from those that pass: another sender uses the numbers of a stream,"
                + " or this link is later than the recovery history is long (twinpathctl stream " + settings.name()
                + ")";
    }

    /** A link that is late costs nothing until the others fail; then everything comes so much later. */
    private Stream<String> leadAdvice(RunningLink link) {
        long leadMs = leadMs(link);
        if (leadMs < WORTH_TELLING_MS) {
            return Stream.empty();
        }
        String p99 = "(half of the frames; 99 of 100 by at most " + link.leads().p99Us() / US_PER_MS + " ms)";
        List<String> others = othersThatPass(link);
        return others.size() == 1
                ? Stream.of(others.get(0) + ": is later than " + link.name() + " by " + leadMs + " ms " + p99
                        + "; check the way and the load of the network behind it")
                : Stream.of(link.name() + ": comes first by " + leadMs + " ms " + p99
                        + "; without it frames come so much later");
    }

    private static long leadMs(RunningLink link) {
        return link.leads().medianUs() / US_PER_MS;
    }

    private List<String> othersThatPass(RunningLink link) {
        return links.stream()
                .filter(other -> other != link && other.condition().passes())
                .map(RunningLink::name)
                .toList();
    }

    /**
     * What is wrong with links that carry all the same.
     *
     * @param watch knows what was told before: a link that was late is so until it is clearly less late
     */
    List<Impairment> impairments(ImpairmentWatch watch) {
        List<Impairment> found = new ArrayList<>();
        for (RunningLink link : links) {
            if (link.lansCrossed()) {
                found.add(Impairment.crossed(link.name()));
            }
            List<String> others = othersThatPass(link);
            if (others.size() == 1) {
                Impairment late = Impairment.late(others.get(0), link.name(), leadMs(link));
                if (leadMs(link) >= (watch.isTold(late) ? NO_LONGER_LATE_MS : WORTH_TELLING_MS)) {
                    found.add(late);
                }
            }
        }
        return found;
    }

    private String twiceAdvice(Node node) {
        String words = address(node)
                + ": its frames come over two links without sequence numbers, so each comes twice: something between cuts"
                + " the marks off (a Linux bridge with net.bridge.bridge-nf-call-iptables = 1 does)";
        return node.kind() == Node.Kind.SAN ? words + ", or it is in both networks" : words;
    }

    private static String address(Node node) {
        return new MacAddress(node.address()).toString();
    }

    private String latentErrorAdvice() {
        String names = latentErrors.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return "latent error of " + names + (latentErrors.size() > MOST_NAMES ? " and others" : "")
                + ": not every link brings every frame (twinpathctl stream " + settings.name() + ")";
    }
}
