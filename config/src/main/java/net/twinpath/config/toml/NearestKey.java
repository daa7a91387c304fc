package net.twinpath.config.toml;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the known key that a mistyped one was probably meant to be. */
public final class NearestKey {
    private NearestKey() {}

    /** The candidate with the fewest typing errors between, if those are at most a third of its letters. */
    public static Optional<String> to(String typed, Stream<String> candidates) {
        return candidates
                .filter(candidate -> Math.abs(candidate.length() - typed.length()) <= candidate.length() / 3)
                .filter(candidate -> distance(typed, candidate) <= candidate.length() / 3)
                .min(Comparator.comparingInt(candidate -> distance(typed, candidate)));
    }

    /** Letters to insert, delete, replace or swap with the next: the optimal string alignment distance. */
    static int distance(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, a, b, i, j);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int step(int[][] distance, String a, String b, int i, int j) {
        int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, 1 + distance[i - 2][j - 2]) : best;
    }
}
