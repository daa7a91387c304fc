package net.twinpath.tests.vm;

import net.twinpath.tests.fixture.Namespace;

/** VLAN 2 on top of an interface of a host (8021q), with every packet at priority 5 (802.1p). */
final class Vlan {
    static final int ID = 2;
    static final int PRIORITY = 5;

    private Vlan() {}

    /** Makes the interface, named like the one below with {@code .2}; its address has a prefix length. */
    static void add(Namespace host, String below, String address) {
        String name = below + "." + ID;
        host.run(
                "ip",
                "link",
                "add",
                "link",
                below,
                "name",
                name,
                "type",
                "vlan",
                "id",
                Integer.toString(ID),
                "egress-qos-map",
                "0:" + PRIORITY);
        host.address(name, address);
        host.up(name);
    }
}
