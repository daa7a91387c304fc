package net.twinpath.config.toml;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration was refused; holds everything that is wrong with it. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one problem, in the order of the files and of the places in each. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
