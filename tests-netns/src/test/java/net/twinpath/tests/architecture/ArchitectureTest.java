package net.twinpath.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import net.twinpath.linux.IfEther;
import net.twinpath.linux.IfPacket;
import net.twinpath.linux.NativeBuffers;
import net.twinpath.linux.PacketRing;
import net.twinpath.linux.VirtioNet;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** Which part of the source may know which, and what types are called. A rule about no class at all fails. */
class ArchitectureTest {
    private static final String OURS = "net.twinpath..";
    private static final String CONFIG = "net.twinpath.config..";
    private static final String LINUX = "net.twinpath.linux..";
    private static final String NETLINK = "net.twinpath.netlink..";
    private static final String DUP_PATH = "net.twinpath.duppath..";
    private static final String DAEMON = "net.twinpath.daemon..";
    private static final String TESTS = "net.twinpath.tests..";

    /** The parts of the data path that decide, and leave doing to others. */
    private static final String[] PURE = {
        "net.twinpath.duppath.recovery..",
        "net.twinpath.duppath.ordering..",
        "net.twinpath.duppath.stream..",
        "net.twinpath.duppath.counters..",
        "net.twinpath.duppath.nodes..",
        "net.twinpath.duppath.frame.."
    };

    /** Every class of every module, as built. */
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("net.twinpath");

    /** The test classes of this module. */
    private static final JavaClasses TEST_CLASSES = new ClassFileImporter()
            .importUrl(
                    ArchitectureTest.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void theConfigurationReaderKnowsNoOtherPart() {
        checkKnowsOnly(CONFIG);
    }

    @Test
    void theSystemCallsKnowNoOtherPart() {
        checkKnowsOnly(LINUX);
    }

    @Test
    void netlinkKnowsTheSystemCallsOnly() {
        checkKnowsOnly(NETLINK, LINUX);
    }

    @Test
    void theDataPathKnowsTheSystemCallsOnly() {
        checkKnowsOnly(DUP_PATH, LINUX);
    }

    private static void checkKnowsOnly(String part, String... known) {
        noClasses()
                .that()
                .resideInAPackage(part)
                .should()
                .dependOnClassesThat(resideInAPackage(OURS)
                        .and(resideOutsideOfPackages(part))
                        .and(resideOutsideOfPackages(known)))
                .check(ALL);
    }

    @Test
    void nothingButTestsKnowsTheDaemon() {
        noClasses()
                .that()
                .resideOutsideOfPackages(DAEMON, TESTS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(DAEMON)
                .check(ALL);
    }

    @Test
    void nothingButTheTestsThemselvesKnowsTheTests() {
        noClasses()
                .that()
                .resideOutsideOfPackage(TESTS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TESTS)
                .check(ALL);
    }

    @Test
    void nativeCodeIsCalledByTheSystemCallsOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LINUX)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jnr.ffi..", "com.kenai.jffi..")
                .check(ALL);
    }

    @Test
    void whatDecidesDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "java.io..",
                                "java.net..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.util.concurrent..",
                                "org.slf4j..")
                        // Addresses, as prefixes name them: no look-up.
                        .and(not(belongToAnyOf(InetAddress.class, Inet4Address.class, Inet6Address.class))))
                .check(ALL);
    }

    /** Of the system calls it sees only where a received frame lies, memory, and constants. */
    @Test
    void whatDecidesMakesNoSystemCall() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(resideInAPackage(LINUX)
                        .and(not(belongToAnyOf(
                                PacketRing.class,
                                NativeBuffers.class,
                                IfEther.class,
                                IfPacket.class,
                                VirtioNet.class))))
                .check(ALL);
    }

    @Test
    void whatDecidesReadsNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.time..", "org.agrona.concurrent.clock..")
                .check(ALL);
    }

    @Test
    void namesSayWhatATypeIs() {
        noClasses().should().haveNameMatching(".*(Utils?|Manager|Impl|Helper)").check(ALL);
    }

    @Test
    void testClassesAreFoundByTheirNames() {
        methods()
                .that()
                .areMetaAnnotatedWith(Testable.class)
                .should()
                .beDeclaredInClassesThat()
                .haveNameMatching(".*(Test|IT)")
                .check(TEST_CLASSES);
    }

    @Test
    void testsWaitForConditionsAndNotForAFixedTime() {
        noClasses()
                .that()
                .resideInAPackage(TESTS)
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .check(ALL);
    }
}
