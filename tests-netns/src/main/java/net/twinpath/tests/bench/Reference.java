package net.twinpath.tests.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.BackgroundProcess;
import net.twinpath.tests.fixture.Namespace;

/** The program in C, at both hosts. */
final class Reference extends RigContender {
    /** With the rings twinpath has, which show each frame when it comes. */
    static final String NAME = "reference";

    /** With rings that collect frames for a millisecond. */
    static final String BLOCKS_NAME = "reference, TPACKET_V3";

    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final List<String> options;
    private final List<BackgroundProcess> running = new ArrayList<>();

    private Reference(String name, List<String> options) {
        super(name, "reference", new Rig("ref", 2));
        this.options = options;
    }

    static Reference slots() {
        return new Reference(NAME, List.of());
    }

    static Reference blocks() {
        return new Reference(BLOCKS_NAME, List.of("--blocks"));
    }

    @Override
    public void restart() {
        stop();
        running.add(start(rig().a(), CORE_A));
        running.add(start(rig().b(), CORE_B));
        running.forEach(program -> Await.until(
                "the reference runs", START_LIMIT, () -> program.output().contains("ready")));
    }

    private BackgroundProcess start(Namespace host, int core) {
        List<String> words = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        words.addAll(List.of(Programs.path("reference"), Rig.INSIDE, "lan0", "lan1"));
        words.addAll(options);
        return host.start(folder().resolve("core-" + core), words.toArray(String[]::new));
    }

    @Override
    void stop() {
        running.forEach(BackgroundProcess::close);
        running.clear();
    }

    @Override
    public List<Long> pids() {
        return running.stream().map(BackgroundProcess::pid).toList();
    }
}
