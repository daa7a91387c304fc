package net.twinpath.daemon;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import net.twinpath.config.Format;
import net.twinpath.config.Inside;
import net.twinpath.config.PathSettings;
import net.twinpath.daemon.apply.PortNeeds;
import net.twinpath.daemon.apply.StartRequirements;
import net.twinpath.daemon.machine.PathNeeds;
import net.twinpath.daemon.path.CoreObjection;
import net.twinpath.daemon.path.PathChange;
import net.twinpath.daemon.path.PathSurroundings;
import net.twinpath.daemon.path.RunningPath;
import net.twinpath.duppath.WarmUp;
import net.twinpath.linux.DescriptorStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The paths that run, and how they become what another configuration says. */
final class RunningPaths implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("twinpathd");

    private final PathSurroundings surroundings;
    private final List<RunningPath> paths = new ArrayList<>();

    RunningPaths(PathSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The paths, in the order they were started. */
    List<RunningPath> list() {
        return Collections.unmodifiableList(paths);
    }

    /** For each format one that warms the code of its paths. */
    List<WarmUp> warmUps() {
        Map<Format, RunningPath> ofFormats = new EnumMap<>(Format.class);
        paths.forEach(path -> ofFormats.putIfAbsent(path.settings().format(), path));
        return ofFormats.values().stream().map(RunningPath::warmUp).toList();
    }

    /** What the paths need of the interfaces they use now. */
    PathNeeds needs() {
        Map<String, Integer> leastMtus = new HashMap<>();
        paths.forEach(path -> leastMtus.putAll(path.leastMtus()));
        return new PortNeeds(leastMtus);
    }

    /** Starts a path with those of its links that are there. */
    void start(PathSettings settings) throws StartException {
        start(settings, name -> true);
    }

    private void start(PathSettings settings, Predicate<String> mayBeMissing) throws StartException {
        paths.add(RunningPath.start(settings, surroundings, mayBeMissing));
    }

    /**
     * Makes the paths what the settings say. Paths that are the same in both are not touched, and where only links
     * differ the links that stay lose no frame. A link that no path has had so far must be there, for who names it now is
     * there to be told.
     *
     * @throws StartException when one cannot be made so; those changed before it are changed back then
     */
    void become(List<PathSettings> settings) throws StartException {
        Set<String> known = paths.stream()
                .flatMap(path -> path.settings().linkNames().stream())
                .collect(Collectors.toSet());
        List<Change> changes = changes(settings);
        StartRequirements requirements = new StartRequirements(surroundings.interfaces(), known::contains, held());
        for (Change change : changes) {
            require(change, requirements);
        }
        Deque<Change> done = new ArrayDeque<>();
        try {
            for (Change change : changes) {
                done.push(change);
                change(change.before(), change.now(), known::contains);
            }
        } catch (StartException e) {
            done.forEach(this::changeBack);
            throw e;
        }
    }

    /** Interfaces and paths whose names this daemon has locked. */
    private Set<String> held() {
        Set<String> names = new HashSet<>();
        for (RunningPath path : paths) {
            names.add(path.settings().name());
            names.addAll(path.settings().linkNames());
            if (path.settings().inside() instanceof Inside.Gateway gateway) {
                names.add(gateway.interfaceName());
            }
        }
        return names;
    }

    /** What is refused anyway need not interrupt any path. */
    private static void require(Change change, StartRequirements requirements) throws StartException {
        if (change.now().isEmpty()) {
            return;
        }
        PathSettings now = change.now().get();
        PathChange kind =
                change.before().map(before -> PathChange.between(before, now)).orElse(PathChange.RESTART);
        Optional<String> objection = kind == PathChange.NONE ? Optional.empty() : CoreObjection.to(now);
        if (objection.isPresent()) {
            throw new StartException(objection.get());
        }
        switch (kind) {
            case NONE -> {}
            case LINKS -> {
                List<String> kept = change.before().orElseThrow().linkNames();
                requirements.checkLinks(
                        now,
                        now.links().stream()
                                .filter(link -> !kept.contains(link.interfaceName()))
                                .toList());
            }
            case RESTART -> requirements.check(now);
        }
    }

    private record Change(Optional<PathSettings> before, Optional<PathSettings> now) {}

    /** Those that free interfaces come first. */
    private List<Change> changes(List<PathSettings> settings) {
        List<Change> changes = new ArrayList<>();
        for (RunningPath path : paths) {
            if (find(settings, path.settings().name()).isEmpty()) {
                changes.add(new Change(Optional.of(path.settings()), Optional.empty()));
            }
        }
        for (PathSettings path : settings) {
            changes.add(new Change(running(path.name()).map(RunningPath::settings), Optional.of(path)));
        }
        return changes;
    }

    /** What {@link #become} would make different, each in the line of a diff. */
    List<String> differences(List<PathSettings> settings) {
        List<String> lines = new ArrayList<>();
        for (Change change : changes(settings)) {
            String name = change.now().or(change::before).orElseThrow().name();
            if (change.now().isEmpty()) {
                lines.add("- path " + name);
            } else if (change.before().isEmpty()) {
                lines.add("+ path " + name);
            } else {
                switch (PathChange.between(change.before().get(), change.now().get())) {
                    case NONE -> {}
                    case LINKS -> lines.add("~ path " + name + ": links  (those that stay lose no frame)");
                    case RESTART -> lines.add("~ path " + name + ": made anew  (interrupts " + name + ")");
                }
            }
        }
        return lines;
    }

    private static Optional<PathSettings> find(List<PathSettings> settings, String name) {
        return settings.stream().filter(path -> path.name().equals(name)).findFirst();
    }

    private Optional<RunningPath> running(String name) {
        return paths.stream()
                .filter(path -> path.settings().name().equals(name))
                .findFirst();
    }

    private void change(Optional<PathSettings> before, Optional<PathSettings> now, Predicate<String> mayBeMissing)
            throws StartException {
        if (before.isPresent() && now.isPresent()) {
            PathChange change = PathChange.between(before.get(), now.get());
            if (change == PathChange.NONE) {
                return;
            }
            if (change == PathChange.LINKS) {
                running(now.get().name()).orElseThrow().changeLinks(now.get(), mayBeMissing);
                return;
            }
        }
        before.flatMap(path -> running(path.name())).ifPresent(this::stop);
        if (now.isPresent()) {
            LOG.info("{}: starting", now.get().name());
            start(now.get(), mayBeMissing);
        }
    }

    private void stop(RunningPath path) {
        LOG.info("{}: stopping", path.settings().name());
        paths.remove(path);
        path.close();
    }

    /** A change that failed half-way left its path stopped, or as it was. */
    private void changeBack(Change change) {
        try {
            String name = change.now().or(change::before).orElseThrow().name();
            change(running(name).map(RunningPath::settings), change.before(), link -> true);
        } catch (StartException e) {
            LOG.error("not as it was before: {}", e.getMessage());
        }
    }

    /** Leaves the paths as they are to the next daemon. */
    void leave(DescriptorStore store) {
        paths.forEach(path -> path.leave(store));
        paths.clear();
    }

    @Override
    public void close() {
        while (!paths.isEmpty()) {
            paths.remove(paths.size() - 1).close();
        }
    }
}
