package net.twinpath.tests.vm;

import java.util.ArrayList;
import java.util.List;
import net.twinpath.tests.fixture.Cable;
import net.twinpath.tests.fixture.CableEnds;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Wire;

/** A cable at whose ends the kernel delays and drops frames on their way out to the hosts (tc-netem(8)). */
final class NetemCable implements Wire {
    private static final List<String> ENDS = List.of(CableEnds.FIRST, CableEnds.SECOND);

    private final Cable cable;

    private NetemCable(Cable cable) {
        this.cable = cable;
    }

    static NetemCable connect(
            String label, Namespace first, String firstInterface, Namespace second, String secondInterface) {
        return new NetemCable(Cable.connect(label, first, firstInterface, second, secondInterface));
    }

    /** Impairs both directions, each by itself, in the words of tc-netem(8): {@code delay 20ms loss 20%}. */
    void impair(String netem) {
        for (String end : ENDS) {
            List<String> words =
                    new ArrayList<>(List.of("tc", "qdisc", "replace", "dev", end, "root", "netem", "limit", "10000"));
            words.addAll(List.of(netem.split(" ")));
            cable.inside().run(words.toArray(String[]::new));
        }
    }

    /** Drops every frame both ways, and tells nobody. */
    void silence() {
        cable.silence();
    }

    @Override
    public void cut() {
        cable.cut();
    }

    @Override
    public void heal() {
        for (String end : ENDS) {
            // Without a netem there is nothing to delete, which is as well.
            cable.inside().attempt("tc", "qdisc", "delete", "dev", end, "root");
        }
        cable.heal();
    }

    @Override
    public void close() {
        cable.close();
    }
}
