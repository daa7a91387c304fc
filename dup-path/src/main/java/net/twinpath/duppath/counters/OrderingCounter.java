package net.twinpath.duppath.counters;

/**
 * What the ordering function of a path counts. Frames held now are {@link #HELD} less {@link #RELEASED_IN_ORDER}, {@link
 * #RELEASED_BY_DELAY} and {@link #RELEASED_EARLY}.
 */
public enum OrderingCounter implements Counter {
    HELD("held", "frames that came ahead of a missing one: held for it"),
    RELEASED_IN_ORDER("released_in_order", "held frames that went because all before them had gone"),
    RELEASED_BY_DELAY(
            "released_by_delay",
            "held frames that went because they, or one behind them, had been held for the longest time allowed"),
    RELEASED_EARLY(
            "released_early",
            "held frames that went before their time, because memory was full or their flow's place was given away"),
    PASSED_LATE("passed_late", "frames not newer than the last one sent: passed at once, out of order"),
    PASSED_UNHELD(
            "passed_unheld",
            "frames ahead of a missing one that were too long, or found no memory free: passed at once");

    private final String key;
    private final String sentence;

    OrderingCounter(String key, String sentence) {
        this.key = key;
        this.sentence = sentence;
    }

    @Override
    public Writer writer() {
        return Writer.RECEIVE;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String metric() {
        return "path_ordering_" + key;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
