package net.twinpath.config.toml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong in all files and puts it in the order of the files and of the places in each. */
public final class Problems {
    /** More than anybody reads. */
    private static final int MOST = 1_000;

    private final List<Path> files = new ArrayList<>();
    private final List<ConfigProblem> found = new ArrayList<>();

    /** Makes {@code file} the last in order; to be called before a problem of it is added. */
    public void begin(Path file) {
        files.add(file);
    }

    /** Keeps a problem of a file that was begun. */
    public void add(ConfigProblem problem) {
        found.add(problem);
    }

    /** Throws when there is a problem. */
    public void throwIfAny() throws ConfigException {
        if (!found.isEmpty()) {
            found.sort(Comparator.comparingInt((ConfigProblem problem) -> files.indexOf(problem.file()))
                    .thenComparingInt(ConfigProblem::line)
                    .thenComparingInt(ConfigProblem::column));
            throw new ConfigException(found.size() > MOST ? firstOnes() : found);
        }
    }

    private List<ConfigProblem> firstOnes() {
        List<ConfigProblem> first = new ArrayList<>(found.subList(0, MOST));
        ConfigProblem next = found.get(MOST);
        String message = "and " + (found.size() - MOST) + " more problems, from here on";
        first.add(new ConfigProblem(next.file(), next.line(), next.column(), "", message));
        return first;
    }
}
