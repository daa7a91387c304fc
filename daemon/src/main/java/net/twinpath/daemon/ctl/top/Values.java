package net.twinpath.daemon.ctl.top;

/** The newest of many values; those that never came, or could not be told, are no numbers. */
final class Values {
    /** Wider than any chart. */
    private static final int CAPACITY = 512;

    private final double[] newest = new double[CAPACITY];
    private long count;

    void add(double value) {
        newest[(int) (count++ % CAPACITY)] = value;
    }

    /** The value before so many others, 0 for the newest. */
    double back(int others) {
        return others < Math.min(count, CAPACITY) ? newest[(int) ((count - 1 - others) % CAPACITY)] : Double.NaN;
    }

    /** The greatest of the newest {@code many}, at least {@code least}. */
    double greatest(int many, double least) {
        double greatest = least;
        for (int back = 0; back < many; back++) {
            double value = back(back);
            greatest = value > greatest ? value : greatest;
        }
        return greatest;
    }
}
