package net.twinpath.daemon.machine;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The way from one state of the machine to another.
 *
 * @param steps      in the order the kernel wants
 * @param objections why it cannot be gone, a line each; empty when it can
 * @param warnings   what is to be known before it is gone, a line each
 * @param before     everything that becomes different on the way, by us or by the kernel itself, with its value before
 */
public record Plan(
        List<Step> steps, List<String> objections, List<String> warnings, SortedMap<Setting, String> before) {
    public Plan {
        steps = List.copyOf(steps);
        objections = List.copyOf(objections);
        warnings = List.copyOf(warnings);
        before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
    }

    Plan objectedTo(String objection) {
        return new Plan(
                steps, Stream.concat(Stream.of(objection), objections.stream()).toList(), warnings, before);
    }

    public boolean isEmpty() {
        return steps.isEmpty() && objections.isEmpty();
    }
}
