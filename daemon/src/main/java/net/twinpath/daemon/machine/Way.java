package net.twinpath.daemon.machine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A target and the plan that leads to it. What the kernel changes by itself on the way, and nobody asked for, is part of
 * the target: it shall be as it was.
 *
 * @param target what shall be
 * @param plan   the steps
 * @param before what the target was made of, and everything that becomes different on the way, with its value before
 * @param from   where it begins
 */
record Way(Target target, Plan plan, Map<Setting, String> before, Settings from) {
    /** Each time something more may be touched, and there is only so much. */
    private static final int MOST_ATTEMPTS = 20;

    /** What is not as it shall be at its beginning. */
    List<Difference> differences() {
        return target.differences(from);
    }

    /** Interfaces that are there, and are removed and made again on the way. */
    Set<String> remade() {
        return plan.steps().stream()
                .filter(step -> step.change() instanceof Change.Make)
                .map(step -> step.change().owner())
                .filter(from::has)
                .collect(Collectors.toSet());
    }

    /**
     * Finds the way.
     *
     * @param before   settings known to have been touched, with their values before
     * @param targetOf makes a target that includes such settings
     */
    static Way find(Settings actual, Map<Setting, String> before, Function<Map<Setting, String>, Target> targetOf) {
        Map<Setting, String> touched = new TreeMap<>(before);
        for (int attempt = 1; ; attempt++) {
            Target target = targetOf.apply(touched);
            Plan plan = Planner.between(actual, target);
            Map<Setting, String> more = new TreeMap<>(plan.before());
            more.putAll(touched);
            if (more.equals(touched) || attempt == MOST_ATTEMPTS) {
                return new Way(target, plan, more, actual);
            }
            touched = more;
        }
    }
}
