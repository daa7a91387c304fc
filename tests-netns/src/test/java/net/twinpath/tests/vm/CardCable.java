package net.twinpath.tests.vm;

import java.util.List;
import java.util.Map;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Wire;

/**
 * A cable between two network cards (e1000e) of the virtual machine, which its monitor pulls out and puts back.
 *
 * <p>The cards move to the hosts' namespaces; when those go, the kernel gives them back.
 */
final class CardCable implements Wire {
    /** The cards at the ends of each cable, as {@code tests-netns/vm/boot} names them. */
    private static final Map<String, List<Card>> CARDS = Map.of(
            "lan-a", List.of(new Card("enp0s16", "card0"), new Card("enp0s17", "card1")),
            "lan-b", List.of(new Card("enp0s18", "card2"), new Card("enp0s19", "card3")));

    private final MachineMonitor monitor;
    private final List<Card> ends;

    private CardCable(MachineMonitor monitor, List<Card> ends) {
        this.monitor = monitor;
        this.ends = ends;
    }

    /** A network card by the name of its interface and the name the monitor has for it. */
    private record Card(String interfaceName, String device) {
        void moveTo(Namespace host, String name) {
            Command.run("ip", "link", "set", interfaceName, "netns", host.name(), "name", name);
        }
    }

    /** Gives two cards to two hosts under other names; they are left down. */
    static CardCable connect(
            MachineMonitor monitor,
            String label,
            Namespace first,
            String firstInterface,
            Namespace second,
            String secondInterface) {
        List<Card> ends = CARDS.get(label);
        if (ends == null) {
            throw new IllegalArgumentException("there is no cable " + label);
        }
        ends.get(0).moveTo(first, firstInterface);
        ends.get(1).moveTo(second, secondInterface);
        return new CardCable(monitor, ends);
    }

    /**
     * Both ends lose and find their carrier at the same moment. A card that still negotiates holds back what comes in, for
     * half a second: copies that late are past the time numbers are remembered (400 ms), and come as new ones.
     */
    @Override
    public void cut() {
        setLinks(false);
    }

    @Override
    public void heal() {
        setLinks(true);
    }

    private void setLinks(boolean up) {
        monitor.setLinks(ends.stream().map(Card::device).toList(), up);
    }

    @Override
    public void close() {
        heal();
    }
}
