package net.twinpath.daemon.path;

import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.twinpath.config.CoreSettings;
import net.twinpath.config.PathSettings;
import net.twinpath.linux.CpuAffinity;
import net.twinpath.linux.ErrnoException;

/** Says why a path's agents cannot be pinned to the cores they are configured for. */
public final class CoreObjection {
    private CoreObjection() {}

    /** {@code FILE:LINE:COLUMN: path.NAME.cores: }, the reason and what would be right; empty when they can. */
    public static Optional<String> to(PathSettings path) {
        return path.cores()
                .flatMap(cores -> sentence(cores)
                        .map(sentence -> cores.source() + ": path." + path.name() + ".cores: " + sentence));
    }

    private static Optional<String> sentence(CoreSettings cores) {
        SortedSet<Integer> usable;
        try {
            usable = CpuAffinity.usableCores();
        } catch (ErrnoException e) {
            return Optional.of("threads cannot be pinned here: " + e.getMessage()
                    + "; remove the key, or have the service's SystemCallFilter allow sched_setaffinity");
        }
        return Stream.of(cores.send(), cores.receive())
                .filter(core -> !usable.contains(core))
                .findFirst()
                .map(core -> "core " + core + " does not exist or is not for this process; it may use "
                        + usable.stream().map(Object::toString).collect(Collectors.joining(", ")));
    }
}
