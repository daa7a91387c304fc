package net.twinpath.daemon.path;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.config.Action;
import net.twinpath.config.CoreSettings;
import net.twinpath.config.Format;
import net.twinpath.config.Inside;
import net.twinpath.config.IpMatch;
import net.twinpath.config.PathSettings;
import net.twinpath.config.RecoverySettings;
import net.twinpath.config.StreamSettings;
import net.twinpath.config.Tagged;
import net.twinpath.daemon.apply.PathGround;
import net.twinpath.duppath.AgentSettings;
import net.twinpath.duppath.DupPathSettings;
import net.twinpath.duppath.FormatSettings;
import net.twinpath.duppath.recovery.LatentErrorSettings;
import net.twinpath.duppath.recovery.RecoveryAlgorithm;
import net.twinpath.duppath.stream.IpPrefix;
import net.twinpath.duppath.stream.StreamAction;
import net.twinpath.duppath.stream.StreamMatch;

/** Says in the data path's words what the configuration says of a path. */
final class DataPathDescription {
    private DataPathDescription() {}

    /**
     * Describes a path.
     *
     * @param firstSequenceNumbers one for each of {@link #counterNames}
     */
    static DupPathSettings of(PathSettings settings, PathGround ground, List<Integer> firstSequenceNumbers) {
        return new DupPathSettings(
                settings.name(),
                ground.inside(),
                settings.inside() instanceof Inside.Gateway,
                settings.superFrames(),
                agents(settings),
                ground.links(),
                ground.ownMac().bits(),
                format(settings, firstSequenceNumbers),
                settings.selection().streams().stream()
                        .map(DataPathDescription::stream)
                        .toList(),
                action(settings.selection().unmatched()),
                settings.orderingMaxDelay().map(Duration::toNanos).orElse(0L));
    }

    /** What each sequence counter of a path is called: the node's, or each stream's. */
    static List<String> counterNames(PathSettings settings) {
        if (settings.format() == Format.PRP) {
            return List.of("node");
        }
        List<String> names = new ArrayList<>();
        settings.selection().streams().forEach(stream -> names.add("stream." + stream.name()));
        names.add("unmatched");
        return names;
    }

    private static AgentSettings agents(PathSettings settings) {
        return new AgentSettings(
                settings.cores().map(CoreSettings::send).orElse(AgentSettings.ANY_CORE),
                settings.cores().map(CoreSettings::receive).orElse(AgentSettings.ANY_CORE),
                settings.busyPolling());
    }

    private static FormatSettings format(PathSettings settings, List<Integer> firstSequenceNumbers) {
        return switch (settings.format()) {
            case PRP ->
                new FormatSettings.Prp(
                        firstSequenceNumbers.get(0),
                        settings.supervision().addressByte(),
                        settings.supervision().lifeCheckInterval().toNanos());
            case FRER ->
                new FormatSettings.Frer(
                        firstSequenceNumbers,
                        settings.selection().streams().stream()
                                .map(stream -> recovery(
                                        stream.recovery(), settings.links().size()))
                                .toList(),
                        settings.continuityInterval().duration().toNanos());
        };
    }

    private static FormatSettings.Recovery recovery(RecoverySettings settings, int links) {
        LatentErrorSettings latentError = new LatentErrorSettings(
                settings.latentError().enabled(),
                settings.latentError().difference(),
                settings.latentError().period().toNanos(),
                links,
                settings.latentError().reset().toNanos());
        return new FormatSettings.Recovery(
                new net.twinpath.duppath.recovery.RecoverySettings(
                        switch (settings.algorithm()) {
                            case VECTOR -> RecoveryAlgorithm.VECTOR;
                            case MATCH -> RecoveryAlgorithm.MATCH;
                        },
                        settings.historyLength(),
                        settings.reset().toNanos(),
                        settings.takeNoSequence(),
                        false,
                        true,
                        latentError),
                settings.individual());
    }

    private static net.twinpath.duppath.stream.StreamSettings stream(StreamSettings settings) {
        return new net.twinpath.duppath.stream.StreamSettings(
                settings.name(), match(settings.match()), action(settings.action()));
    }

    private static StreamAction action(Action action) {
        return switch (action) {
            case DUPLICATE -> StreamAction.DUPLICATE;
            case FIRST_LINK -> StreamAction.FIRST_LINK;
            case DROP -> StreamAction.DROP;
        };
    }

    private static StreamMatch match(net.twinpath.config.StreamMatch match) {
        StreamMatch.Builder builder = StreamMatch.builder().tagged(tagged(match.tagged()));
        match.destinationMac().ifPresent(builder::destinationMac);
        match.sourceMac().ifPresent(builder::sourceMac);
        match.vlan().ifPresent(builder::vlanId);
        match.ip().ifPresent(ip -> addIp(ip, builder));
        return builder.build();
    }

    private static net.twinpath.duppath.stream.Tagged tagged(Tagged tagged) {
        return switch (tagged) {
            case TAGGED -> net.twinpath.duppath.stream.Tagged.TAGGED;
            case PRIORITY -> net.twinpath.duppath.stream.Tagged.PRIORITY;
            case ALL -> net.twinpath.duppath.stream.Tagged.ALL;
        };
    }

    private static void addIp(IpMatch ip, StreamMatch.Builder builder) {
        ip.source().ifPresent(prefix -> builder.sourcePrefix(new IpPrefix(prefix.address(), prefix.prefixLength())));
        ip.destination()
                .ifPresent(prefix -> builder.destinationPrefix(new IpPrefix(prefix.address(), prefix.prefixLength())));
        ip.dscp().ifPresent(builder::dscp);
        ip.protocol().ifPresent(builder::protocol);
        ip.sourcePort().ifPresent(builder::sourcePort);
        ip.destinationPort().ifPresent(builder::destinationPort);
    }
}
