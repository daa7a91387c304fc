package net.twinpath.tests.bench;

import java.util.stream.IntStream;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;

/** Sender, two hosts, sink, and the links between them, none of which merges frames or leaves checksums open. */
final class Rig implements AutoCloseable {
    static final String INSIDE = "inside";

    /** Room for a trailer behind full-size frames. */
    private static final int LINK_MTU = 1506;

    private static final int MTU = 1500;

    private final Namespace sender;
    private final Namespace a;
    private final Namespace b;
    private final Namespace sink;

    Rig(String label, int links) {
        sender = Namespace.silent(label + "-sender");
        a = Namespace.silent(label + "-a");
        b = Namespace.silent(label + "-b");
        sink = Namespace.silent(label + "-sink");
        join(sender, "out", a, INSIDE, MTU);
        join(b, INSIDE, sink, "in", MTU);
        IntStream.range(0, links).forEach(link -> join(a, "lan" + link, b, "lan" + link, LINK_MTU));
    }

    static void join(Namespace first, String firstInterface, Namespace second, String secondInterface, int mtu) {
        Command.run(
                "ip",
                "link",
                "add",
                firstInterface,
                "mtu",
                Integer.toString(mtu),
                "netns",
                first.name(),
                "type",
                "veth",
                "peer",
                "name",
                secondInterface,
                "mtu",
                Integer.toString(mtu),
                "netns",
                second.name());
        prepare(first, firstInterface);
        prepare(second, secondInterface);
    }

    private static void prepare(Namespace namespace, String name) {
        namespace.run("ethtool", "-K", name, "tx", "off", "tso", "off", "gso", "off", "gro", "off");
        namespace.up(name);
    }

    Namespace a() {
        return a;
    }

    Namespace b() {
        return b;
    }

    String from() {
        return sender.name() + "/out";
    }

    String to() {
        return sink.name() + "/in";
    }

    @Override
    public void close() {
        sink.close();
        b.close();
        a.close();
        sender.close();
    }
}
