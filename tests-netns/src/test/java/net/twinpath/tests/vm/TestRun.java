package net.twinpath.tests.vm;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/**
 * Runs the tests of this package, and those of the netlink bindings that want a kernel with bonds and VLANs and a network
 * card, inside the virtual machine, where there is no Maven.
 *
 * <p>It leaves out what JUnit would load by itself, flight recording above all: in an emulated processor that takes
 * longer than the tests.
 */
public final class TestRun {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private TestRun() {}

    /** {@code TestRun REPORTS [CLASSES]}: a folder for the reports, and a pattern of the names of the classes to run. */
    public static void main(String[] words) {
        if (words.length < 1 || words.length > 2) {
            System.err.println("usage: TestRun REPORTS [CLASSES]");
            System.exit(WRONG_USAGE);
        }
        Progress progress = new Progress();
        PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .enableLauncherDiscoveryListenerAutoRegistration(false)
                        .enableLauncherSessionListenerAutoRegistration(false)
                        .enablePostDiscoveryFilterAutoRegistration(false)
                        .build())
                .execute(
                        tests(words.length == 2 ? words[1] : ".*IT"),
                        progress,
                        new LegacyXmlReportGeneratingListener(Path.of(words[0]), errors));
        System.exit(progress.allPassed() ? 0 : FAILED);
    }

    private static LauncherDiscoveryRequest tests(String classNames) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage(TestRun.class.getPackageName()), selectPackage("net.twinpath.netlink"))
                .filters(includeClassNamePatterns(classNames), includeTags("vm"))
                .configurationParameter("junit.jupiter.execution.timeout.default", "600 s")
                .build();
    }
}
