package net.twinpath.tests.vm;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Prints what becomes of each test, and what it tells, as it comes. */
final class Progress implements TestExecutionListener {
    private static final double NS_PER_S = 1e9;

    /** What a method's name ends with. */
    private static final Pattern PARAMETERS = Pattern.compile("\\([\\w, ]*\\)$");

    private final long beganNs = System.nanoTime();
    private final Map<String, Long> startedNs = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private int passed;
    private int failed;

    /** Whether there were tests, and none failed; one that was skipped is none. */
    boolean allPassed() {
        return passed > 0 && failed == 0;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        startedNs.put(test.getUniqueId(), System.nanoTime());
        names.put(test.getUniqueId(), name(test));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        print("skipped", test, reason);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        entry.getKeyValuePairs().forEach((key, value) -> print("", test, key + ": " + value));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String took = "%.1f s".formatted(seconds(startedNs.getOrDefault(test.getUniqueId(), beganNs)));
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    passed++;
                    print("passed", test, took);
                }
            }
            case ABORTED -> print("skipped", test, reason(result));
            case FAILED -> {
                failed++;
                print("FAILED", test, took);
                result.getThrowable().ifPresent(failure -> failure.printStackTrace(System.out));
            }
        }
    }

    private static String reason(TestExecutionResult result) {
        return result.getThrowable().map(Throwable::getMessage).orElse("without a reason");
    }

    private void print(String what, TestIdentifier test, String more) {
        System.out.printf("%5.0f s  %-7s  %s: %s%n", seconds(beganNs), what, name(test), more);
    }

    /** Its own name behind those of the class and the method it belongs to; what holds them all has none. */
    private String name(TestIdentifier test) {
        String above =
                test.getParentId().map(parent -> names.getOrDefault(parent, "")).orElse("");
        return test.getParentId().isEmpty()
                ? ""
                : (above + " " + PARAMETERS.matcher(test.getDisplayName()).replaceAll("")).strip();
    }

    private static double seconds(long sinceNs) {
        return (System.nanoTime() - sinceNs) / NS_PER_S;
    }
}
