package net.twinpath.tests.bench;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Twinpathd;

/** A gateway of twinpath's at both hosts. */
final class TwinpathPair extends RigContender {
    static final String NAME = "twinpath";

    private final String path;
    private final List<Twinpathd> daemons = new ArrayList<>();

    private TwinpathPair(String name, int links, String path) {
        super(name, "twinpath", new Rig("twin", links));
        this.path = path;
    }

    /** As a user has it: PRP over two links, nothing configured beyond. */
    static TwinpathPair prp() {
        return new TwinpathPair(NAME, 2, """
                [path.bench]
                inside = "inside"
                links = ["lan0", "lan1"]
                """);
    }

    /**
     * Another configuration.
     *
     * @param path of both hosts, which have interfaces {@code inside} and {@code lan0}, {@code lan1}, and so on
     */
    static TwinpathPair configured(String name, int links, String path) {
        return new TwinpathPair(name, links, path);
    }

    @Override
    public void restart() {
        stop();
        daemons.add(start(rig().a(), "a", CORE_A));
        daemons.add(start(rig().b(), "b", CORE_B));
        daemons.forEach(daemon -> daemon.awaitCondition("protected"));
    }

    private Twinpathd start(Namespace host, String label, int core) {
        Twinpathd daemon = Twinpathd.startReady(host, folder(), label, path);
        Command.run("taskset", "-apc", Integer.toString(core), Long.toString(daemon.pid()));
        return daemon;
    }

    @Override
    void stop() {
        daemons.forEach(Twinpathd::close);
        daemons.clear();
    }

    /** Two more links between the hosts, for path {@code number}. */
    void addOtherLinks(int number) {
        for (String link : List.of("other" + number + "a", "other" + number + "b")) {
            Rig.join(rig().a(), link, rig().b(), link, 1500);
        }
    }

    /**
     * Runs a program in host a, while no daemon does, with the daemon's command line as its arguments.
     *
     * @return what it wrote to standard output
     */
    String startAlone(String program) {
        stop();
        return rig().a()
                .run(
                        program,
                        Twinpathd.home().resolve("bin/twinpathd").toString(),
                        "--config",
                        folder().resolve("a.toml").toString());
    }

    List<Twinpathd> daemons() {
        return daemons;
    }

    @Override
    public List<Long> pids() {
        return daemons.stream().map(Twinpathd::pid).toList();
    }
}
