package net.twinpath.daemon.path;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How all paths fare in one line, as {@code systemctl status} shows it: the worst one with its reason. */
public final class StatusLine {
    private StatusLine() {}

    /**
     * The line.
     *
     * @param paths as of their last sample
     */
    public static String of(List<RunningPath> paths) {
        Optional<RunningPath> hanging =
                paths.stream().filter(RunningPath::hangs).findFirst();
        if (hanging.isPresent()) {
            return hanging.get().settings().name() + ": an agent stands still, and frames with it";
        }
        return paths.stream()
                .max(Comparator.comparing(RunningPath::condition))
                .map(worst -> of(paths.size(), worst))
                .orElse("no path is configured");
    }

    private static String of(int paths, RunningPath worst) {
        String line = worst.settings().name() + " " + worst.condition().words() + ": "
                + worst.verdict().reason();
        if (paths == 1) {
            return line;
        }
        return worst.condition() == PathCondition.PROTECTED
                ? "all " + paths + " paths protected"
                : paths + " paths, " + line;
    }
}
