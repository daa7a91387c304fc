package net.twinpath.daemon.ctl.top;

/**
 * Draws values over time as a row of bars, one character each, the newest on the right.
 *
 * @param bars from the lowest to the highest; the first one stands for nothing
 */
record Chart(String bars) {
    /** Eighths of a character's height. */
    static final Chart BLOCKS = new Chart(" ▁▂▃▄▅▆▇█");

    /** For terminals that know no blocks. */
    static final Chart ASCII = new Chart(" .:-=+*#");

    /**
     * Draws the newest values.
     *
     * @param full the value of the highest bar; larger ones are drawn as high
     */
    String of(Values values, int width, double full) {
        StringBuilder row = new StringBuilder(width);
        for (int back = width - 1; back >= 0; back--) {
            row.append(bar(values.back(back), full));
        }
        return row.toString();
    }

    /** Whatever is more than nothing shows. */
    private char bar(double value, double full) {
        if (!(value > 0)) {
            return bars.charAt(0);
        }
        int highest = bars.length() - 1;
        return bars.charAt((int) Math.max(1, Math.min(highest, Math.round(value / full * highest))));
    }
}
