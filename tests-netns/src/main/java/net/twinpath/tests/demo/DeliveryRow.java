package net.twinpath.tests.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.twinpath.tests.traffic.Arrivals;
import net.twinpath.tests.traffic.StreamResult;
import net.twinpath.tests.traffic.TransferResult;

/**
 * One stream as the picture shows it: how much arrived in each fifth of a second, the times in which nothing did, and
 * the outcome in two lines.
 *
 * @param name    what the stream is
 * @param shares  what arrived in each fifth of a second, as a share (0 to 1) of what was sent in it
 * @param silent  times in which nothing arrived for long
 * @param good    whether nothing was lost and nothing came twice
 * @param outcome first line of the outcome
 * @param gap     second line of the outcome
 */
record DeliveryRow(String name, List<Double> shares, List<Silence> silent, boolean good, String outcome, String gap) {
    static final double BUCKET_S = 0.2;

    private static final double NS_PER_S = 1e9;
    private static final double SILENCE_S = 0.15;

    DeliveryRow {
        shares = List.copyOf(shares);
        silent = List.copyOf(silent);
    }

    static DeliveryRow of(String name, StreamResult stream, int perSecond) {
        return new DeliveryRow(
                name,
                shares(stream.arrivals(), index -> 1, perSecond),
                silences(stream.arrivals()),
                stream.isWhole(),
                String.format(Locale.ROOT, "%,d of %,d lost", stream.lost(), stream.sent()),
                String.format(Locale.ROOT, "%,d duplicated, %s", stream.duplicated(), gap(stream.longestGapMs())));
    }

    static DeliveryRow of(String name, TransferResult file, double octetsPerSecond) {
        return new DeliveryRow(
                name,
                shares(file.arrivals(), file.arrivals()::octets, octetsPerSecond),
                silences(file.arrivals()),
                file.checksumHolds(),
                file.checksumHolds() ? "whole, checksum holds" : "given up, not whole",
                gap(file.longestGapMs()));
    }

    private static String gap(double ms) {
        return ms < 1_000
                ? String.format(Locale.ROOT, "longest gap %.0f ms", Math.ceil(ms))
                : String.format(Locale.ROOT, "longest gap %.1f s", ms / 1_000);
    }

    private static List<Double> shares(Arrivals arrivals, Weight weight, double perSecond) {
        int last = arrivals.count() - 1;
        double[] sums = new double[last < 0 ? 0 : bucket(arrivals.timeNs(last)) + 1];
        for (int i = 0; i <= last; i++) {
            sums[bucket(arrivals.timeNs(i))] += weight.of(i);
        }
        List<Double> shares = new ArrayList<>();
        for (double sum : sums) {
            shares.add(Math.min(1, sum / (perSecond * BUCKET_S)));
        }
        return shares;
    }

    private static int bucket(long timeNs) {
        return (int) (Math.max(0, timeNs) / NS_PER_S / BUCKET_S);
    }

    private static List<Silence> silences(Arrivals arrivals) {
        List<Silence> silences = new ArrayList<>();
        for (int i = 1; i < arrivals.count(); i++) {
            Silence silence = new Silence(arrivals.timeNs(i - 1) / NS_PER_S, arrivals.timeNs(i) / NS_PER_S);
            if (silence.to() - silence.from() > SILENCE_S) {
                silences.add(silence);
            }
        }
        return silences;
    }

    /**
     * A time without an arrival.
     *
     * @param from seconds since the beginning
     * @param to   seconds since the beginning
     */
    record Silence(double from, double to) {}

    /** How much an arrival counts. */
    private interface Weight {
        double of(int index);
    }
}
