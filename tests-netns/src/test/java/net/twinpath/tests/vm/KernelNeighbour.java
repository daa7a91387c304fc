package net.twinpath.tests.vm;

import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import net.twinpath.tests.fixture.Twinpathd;
import net.twinpath.tests.fixture.Wire;

/**
 * A host with the daemon and a host with the kernel's PRP device, joined by two wires.
 *
 * <pre>
 *   host: twinpathd                        neighbour: Linux, type hsr proto 1
 *   dup0 10.77.0.1, fd77::1                prp0 10.77.0.2, fd77::2
 *     |-- lan0 ---------- lanA ---------- lan0 --|
 *     '-- lan1 ---------- lanB ---------- lan1 --'
 * </pre>
 *
 * @param <W> kind of the wires
 */
final class KernelNeighbour<W extends Wire> implements AutoCloseable {
    static final String HOST_V4 = "10.77.0.1";
    static final String HOST_V6 = "fd77::1";
    static final String NEIGHBOUR_V4 = "10.77.0.2";
    static final String NEIGHBOUR_V6 = "fd77::2";

    private final TemporaryFolder folder = TemporaryFolder.create("kernel-neighbour");
    private final Namespace host = Namespace.host("host");
    private final Namespace neighbour = Namespace.host("neighbour");
    private final W lanA;
    private final W lanB;
    private final KernelPrpDevice device;
    private Twinpathd daemon;

    private KernelNeighbour(Wire.Kind<W> wire) {
        lanA = wire.connect("lan-a", host, "lan0", neighbour, "lan0");
        lanB = wire.connect("lan-b", host, "lan1", neighbour, "lan1");
        device = KernelPrpDevice.create(neighbour, "lan0", "lan1", NEIGHBOUR_V4 + "/24", NEIGHBOUR_V6 + "/64");
        daemon = startDaemon();
    }

    /** Builds it all and waits until the daemon says {@code protected}. */
    static <W extends Wire> KernelNeighbour<W> start(Wire.Kind<W> wire) {
        KernelNeighbour<W> neighbours = new KernelNeighbour<>(wire);
        neighbours.daemon.awaitCondition("protected");
        return neighbours;
    }

    /** Starts the daemon, after it was stopped or killed, and waits until it answers. */
    void restartDaemon() {
        daemon = startDaemon();
    }

    /**
     * It then runs on one processor, so that its frames keep their order on each wire, as on a real one: a veth hands a
     * frame over on the processor it was sent on, and overtaking is more than the kernel's receiver bears.
     */
    private Twinpathd startDaemon() {
        Twinpathd started =
                Twinpathd.start(host, folder, "host", """
                [path.dup0]
                address = ["%s/24", "%s/64"]
                links = ["lan0", "lan1"]
                supervision = %d
                """.formatted(HOST_V4, HOST_V6, KernelPrpDevice.SUPERVISION));
        Command.run("taskset", "-a", "-c", "-p", "0", Long.toString(started.pid()));
        return started;
    }

    TemporaryFolder folder() {
        return folder;
    }

    Namespace host() {
        return host;
    }

    Namespace neighbour() {
        return neighbour;
    }

    W lanA() {
        return lanA;
    }

    W lanB() {
        return lanB;
    }

    KernelPrpDevice device() {
        return device;
    }

    Twinpathd daemon() {
        return daemon;
    }

    @Override
    public void close() {
        daemon.close();
        lanB.close();
        lanA.close();
        neighbour.close();
        host.close();
        folder.close();
    }
}
