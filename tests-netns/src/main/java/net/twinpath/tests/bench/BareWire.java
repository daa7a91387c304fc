package net.twinpath.tests.bench;

import java.util.List;
import net.twinpath.tests.fixture.Namespace;

/** One veth pair and nothing else: what the measuring itself takes. */
final class BareWire implements Contender {
    static final String NAME = "bare wire";

    private final Namespace sender = Namespace.silent("bare-sender");
    private final Namespace sink = Namespace.silent("bare-sink");

    BareWire() {
        Rig.join(sender, "out", sink, "in", 1500);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void restart() {
        // A wire runs.
    }

    @Override
    public String from() {
        return sender.name() + "/out";
    }

    @Override
    public String to() {
        return sink.name() + "/in";
    }

    @Override
    public List<Long> pids() {
        return List.of();
    }

    @Override
    public void close() {
        sink.close();
        sender.close();
    }
}
