package net.twinpath.tests.bench;

import com.google.gson.Gson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;

/**
 * Two hosts with cables between them and an address on each, for TCP. No interface merges frames but twinpath's own, and
 * that only where it is to.
 */
final class Hosts implements AutoCloseable {
    static final String PLAIN_NAME = "one plain link";
    static final String FRAME_BY_FRAME_NAME = TwinpathPair.NAME + " without super-frames";
    static final String COPIES_NAME = "two sends for each segment";

    private static final Gson GSON = new Gson();
    private static final String ADDRESS_A = "10.77.0.1/24";
    private static final String ADDRESS_B = "10.77.0.2/24";
    private static final String PEER = "10.77.0.2";

    /** What twinpath gives its interface over links of 1500. */
    private static final int PATH_MTU = 1494;

    private static final int LOSS_PERCENT = 1;
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Namespace a;
    private final Namespace b;
    private final TemporaryFolder folder = TemporaryFolder.create("hosts");
    private final List<Cable> cables;
    private final List<Long> pids = new ArrayList<>();
    private final List<Runnable> stopping = new ArrayList<>();

    private Hosts(String name, int links) {
        this.name = name;
        this.a = Namespace.silent("host-a");
        this.b = Namespace.silent("host-b");
        this.cables = IntStream.range(0, links)
                .mapToObj(link -> Cable.connect("tcp-" + link, a, "lan" + link, b, "lan" + link))
                .toList();
        for (Namespace host : List.of(a, b)) {
            IntStream.range(0, links).forEach(link -> prepare(host, "lan" + link));
        }
    }

    private static void prepare(Namespace host, String interfaceName) {
        host.run("ethtool", "-K", interfaceName, "tx", "off", "tso", "off", "gso", "off", "gro", "off");
        host.up(interfaceName);
    }

    /** One link, and nothing else. */
    static Hosts plain() {
        Hosts hosts = new Hosts(PLAIN_NAME, 1);
        hosts.a.address("lan0", ADDRESS_A);
        hosts.b.address("lan0", ADDRESS_B);
        return hosts;
    }

    static Hosts reference() {
        Hosts hosts = new Hosts(Reference.NAME, 2);
        hosts.reference(hosts.a, ADDRESS_A, Contender.CORE_A);
        hosts.reference(hosts.b, ADDRESS_B, Contender.CORE_B);
        return hosts;
    }

    private void reference(Namespace host, String address, int core) {
        Rig.join(host, "dup0", host, Rig.INSIDE, PATH_MTU);
        host.address("dup0", address);
        BackgroundProcess program = host.start(
                folder.resolve("reference-" + core),
                "taskset",
                "-c",
                Integer.toString(core),
                Programs.path("reference"),
                Rig.INSIDE,
                "lan0",
                "lan1");
        pids.add(program.pid());
        Await.until("the reference runs", START_LIMIT, () -> program.output().contains("ready"));
    }

    static Hosts twinpath() {
        return twinpath(TwinpathPair.NAME, true);
    }

    static Hosts twinpathFrameByFrame() {
        return twinpath(FRAME_BY_FRAME_NAME, false);
    }

    private static Hosts twinpath(String name, boolean superFrames) {
        Hosts hosts = new Hosts(name, 2);
        Twinpathd daemonA = hosts.twinpath(hosts.a, "a", ADDRESS_A, superFrames, Contender.CORE_A);
        Twinpathd daemonB = hosts.twinpath(hosts.b, "b", ADDRESS_B, superFrames, Contender.CORE_B);
        daemonA.awaitCondition("protected");
        daemonB.awaitCondition("protected");
        return hosts;
    }

    private Twinpathd twinpath(Namespace host, String label, String address, boolean superFrames, int core) {
        Twinpathd daemon = Twinpathd.startReady(host, folder, label, """
                [path.dup0]
                address = "%s"
                links = ["lan0", "lan1"]
                super-frames = %s
                """.formatted(address, superFrames));
        pids.add(daemon.pid());
        stopping.add(daemon::close);
        Command.run("taskset", "-apc", Integer.toString(core), Long.toString(daemon.pid()));
        return daemon;
    }

    String name() {
        return name;
    }

    /** The code is compiled, the addresses are resolved. */
    void warmUp(double seconds) {
        measure(seconds);
    }

    /** Measures what TCP carries and takes, first over clean links, then over links that lose frames. */
    Map<String, Double> goodput(double seconds) {
        Measured clean = measure(seconds);
        cables.forEach(cable -> cable.lose(LOSS_PERCENT));
        Measured lossy = measure(seconds);
        cables.forEach(cable -> cable.lose(0));
        return Map.of(
                "tcp-clean", clean.mbitPerSecond,
                "tcp-clean-cpu", clean.cpuNsPerOctet,
                "tcp-lossy", lossy.mbitPerSecond);
    }

    /**
     * Measures what two sends for each segment take alone, between hosts whose daemons have nothing else to do.
     *
     * @return figures of {@link #goodput}
     */
    Map<String, Double> copies(double seconds) {
        Measured copies =
                measured(List.of(Programs.path("copies"), a.name(), "lan0", "lan1", Double.toString(seconds)));
        return Map.of("tcp-clean", copies.mbitPerSecond, "tcp-clean-cpu", copies.cpuNsPerOctet);
    }

    private Measured measure(double seconds) {
        List<String> words =
                new ArrayList<>(List.of(Programs.path("goodput"), a.name(), b.name(), PEER, Double.toString(seconds)));
        if (!pids.isEmpty()) {
            words.add(pids.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return measured(words);
    }

    private static Measured measured(List<String> words) {
        return GSON.fromJson(Command.run(words.toArray(String[]::new)), Measured.class);
    }

    /**
     * What one run saw.
     *
     * @param mbitPerSecond goodput
     * @param cpuNsPerOctet processor time of sender, receiver and the contender's processes
     */
    private record Measured(double mbitPerSecond, double cpuNsPerOctet) {}

    @Override
    public void close() {
        stopping.forEach(Runnable::run);
        cables.forEach(Cable::close);
        b.close();
        a.close();
        folder.close();
    }
}
