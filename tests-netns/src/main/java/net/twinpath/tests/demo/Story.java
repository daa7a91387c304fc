package net.twinpath.tests.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens to the links, and when.
 *
 * @param seconds how long traffic is sent
 * @param steps   what happens, in order of time
 */
record Story(int seconds, List<Step> steps) {
    /** The story that is told: each link fails in turn, and at no time both. */
    static final Story EACH_LINK_IN_TURN = new Story(
            26,
            List.of(
                    new Step(3, Link.A, Fault.CUT),
                    new Step(6, Link.A, Fault.HEALED),
                    new Step(9, Link.B, Fault.LOSES_20_PERCENT),
                    new Step(14, Link.B, Fault.HEALED),
                    new Step(16, Link.B, Fault.CUT),
                    new Step(19, Link.B, Fault.HEALED)));

    Story {
        steps = List.copyOf(steps);
    }

    /** The times during which a link was not well. */
    List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.fault() != Fault.HEALED) {
                spans.add(new Span(step.second(), endOf(i), step.link(), step.fault()));
            }
        }
        return spans;
    }

    private double endOf(int index) {
        Link link = steps.get(index).link();
        return steps.subList(index + 1, steps.size()).stream()
                .filter(step -> step.link() == link)
                .mapToDouble(Step::second)
                .findFirst()
                .orElse(seconds);
    }

    /** The two links of the path; over a plain link, both names mean that one. */
    enum Link {
        A,
        B
    }

    /**
     * One thing that happens.
     *
     * @param second seconds since the beginning
     * @param link   to which link
     * @param fault  what
     */
    record Step(double second, Link link, Fault fault) {}

    /**
     * A time during which a link is not well.
     *
     * @param from  seconds since the beginning
     * @param to    seconds since the beginning
     * @param link  which link
     * @param fault what is wrong with it
     */
    record Span(double from, double to, Link link, Fault fault) {}
}
