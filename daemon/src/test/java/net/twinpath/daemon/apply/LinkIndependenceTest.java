package net.twinpath.daemon.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What two links share, told as an operator reads it. */
class LinkIndependenceTest {
    private static final String PORT_0 = "pci0000:00/0000:00:1c.0/0000:03:00.0";
    private static final String PORT_1 = "pci0000:00/0000:00:1c.0/0000:03:00.1";
    private static final String OTHER_CARD = "pci0000:00/0000:00:1c.4/0000:04:00.0";

    private final FakeLinks links = new FakeLinks();

    @TempDir
    private Path root;

    private FakeSysfs sysfs = new FakeSysfs(Path.of(""));

    @BeforeEach
    void mountSysfs() {
        sysfs = new FakeSysfs(root);
    }

    @Test
    void linksThatShareNothingAreIndependent() {
        links.physical("enp3s0", "enp4s0").upon("enp3s0", "vlan", "enp3s0.66").upon("enp4s0", "vlan", "enp4s0.66");
        drive("enp3s0", PORT_0).drive("enp4s0", OTHER_CARD);

        assertThat(sentences("enp3s0", "enp4s0")).isEmpty();
        assertThat(sentences("enp3s0.66", "enp4s0.66")).isEmpty();
        assertThat(sentences("enp3s0", "enp4s0.66")).isEmpty();
    }

    @Test
    void linksThatAreNotThereArePassedOver() {
        links.physical("enp3s0").upon("enp3s0", "vlan", "enp3s0.66");

        assertThat(sentences("enp3s0", "enp9s0")).isEmpty();
        assertThat(sentences("enp9s0", "enp3s0", "enp3s0.66"))
                .containsExactly("enp3s0.66 is a VLAN of enp3s0: one cable cut takes both");
    }

    @Test
    void vlansOfOneInterface() {
        links.physical("enp3s0").upon("enp3s0", "vlan", "enp3s0.66", "enp3s0.67");

        assertThat(sentences("enp3s0.66", "enp3s0.67"))
                .containsExactly(
                        "enp3s0.66 and enp3s0.67 are VLANs of one interface, enp3s0: one cable cut takes both");
    }

    @Test
    void macvlansAndIpvlansOfOneInterface() {
        links.physical("enp3s0").upon("enp3s0", "macvlan", "m0", "m1").upon("enp3s0", "ipvlan", "i0", "i1");

        assertThat(sentences("m0", "m1"))
                .containsExactly("m0 and m1 are macvlans of one interface, enp3s0: one cable cut takes both");
        assertThat(sentences("i0", "i1"))
                .containsExactly("i0 and i1 are ipvlans of one interface, enp3s0: one cable cut takes both");
        assertThat(sentences("m0", "i1")).containsExactly("m0 and i1 both rest on enp3s0: one cable cut takes both");
        assertThat(sentences("enp3s0", "i1")).containsExactly("i1 is an ipvlan of enp3s0: one cable cut takes both");
    }

    @Test
    void interfacesStackedSeveralTimes() {
        links.physical("enp3s0")
                .upon("enp3s0", "vlan", "outer", "other")
                .upon("outer", "vlan", "inner")
                .upon("inner", "macvlan", "m0");

        assertThat(sentences("m0", "other"))
                .containsExactly("m0 (over inner, outer) and other both rest on enp3s0: one cable cut takes both");
        assertThat(sentences("m0", "enp3s0"))
                .containsExactly("m0 (over inner, outer) rests on enp3s0: one cable cut takes both");
        assertThat(sentences("inner", "m0")).containsExactly("m0 is a macvlan of inner: one cable cut takes both");
    }

    @Test
    void membersOfOneBond() {
        links.physical("enp3s0", "enp4s0").virtual("bond0", "bond").join("bond0", "enp3s0", "enp4s0");

        assertThat(sentences("enp3s0", "enp4s0"))
                .containsExactly("enp3s0 and enp4s0 are members of one bond, bond0: what takes it down takes both");
    }

    @Test
    void aBondAndItsMember() {
        links.physical("enp3s0", "enp4s0").virtual("team0", "team").join("team0", "enp3s0", "enp4s0");
        String sentence = "enp3s0 is a member of team0: its failure hits both at once";

        assertThat(sentences("team0", "enp3s0")).containsExactly(sentence);
        assertThat(sentences("enp3s0", "team0")).containsExactly(sentence);
    }

    @Test
    void vlansOfOneBond() {
        links.physical("enp3s0", "enp4s0")
                .virtual("bond0", "bond")
                .join("bond0", "enp3s0", "enp4s0")
                .upon("bond0", "vlan", "bond0.5", "bond0.6");

        assertThat(sentences("bond0.5", "bond0.6"))
                .containsExactly(
                        "bond0.5 and bond0.6 are VLANs of one interface, bond0: what takes it down takes both");
    }

    @Test
    void aVlanOfABondWhoseMemberTheOtherLinkUses() {
        links.physical("enp3s0", "enp4s0", "enp5s0")
                .virtual("bond0", "bond")
                .join("bond0", "enp3s0", "enp4s0")
                .upon("bond0", "vlan", "bond0.5")
                .upon("enp4s0", "vlan", "enp4s0.7");

        assertThat(sentences("bond0.5", "enp4s0.7"))
                .containsExactly(
                        "bond0.5 (over bond0) and enp4s0.7 both rest on enp4s0: its failure hits both at once");
        assertThat(sentences("bond0.5", "enp5s0")).isEmpty();
    }

    @Test
    void portsOfOneBridge() {
        links.physical("enp3s0", "enp4s0").virtual("br0", "bridge").join("br0", "enp3s0", "enp4s0");

        assertThat(sentences("enp3s0", "enp4s0"))
                .containsExactly("enp3s0 and enp4s0 are ports of one bridge, br0: it makes one network of the two");
    }

    /** A VRF joins routes, not frames. */
    @Test
    void interfacesOfOneVrfAreIndependent() {
        links.physical("enp3s0", "enp4s0").virtual("blue", "vrf").join("blue", "enp3s0", "enp4s0");

        assertThat(sentences("enp3s0", "enp4s0")).isEmpty();
    }

    /** The frames of a VLAN do not pass the bond that the interface below is a member of. */
    @Test
    void aVlanOfABondsMemberDoesNotRestOnTheBond() {
        links.physical("enp3s0", "enp4s0")
                .virtual("bond0", "bond")
                .join("bond0", "enp3s0", "enp4s0")
                .upon("enp3s0", "vlan", "enp3s0.66");

        assertThat(sentences("enp3s0.66", "enp4s0")).isEmpty();
    }

    @Test
    void theTwoEndsOfOneVethPair() {
        links.veth("v0", "v1").upon("v1", "vlan", "v1.5");

        assertThat(sentences("v0", "v1"))
                .containsExactly("v0 and v1 are the two ends of one veth pair: each hears nothing but the other");
        assertThat(sentences("v0", "v1.5")).containsExactly("v0 and v1.5 both rest on v1: one cable cut takes both");
    }

    @Test
    void vethPairsThatEndInOneBridge() {
        links.veth("v0", "v1").veth("w0", "w1").virtual("br0", "bridge").join("br0", "v1", "w1");

        assertThat(sentences("v0", "w0"))
                .containsExactly("v0 (over v1) and w0 (over w1) both rest on br0: it makes one network of the two");
    }

    @Test
    void aVethPairThatEndsInTheBridgeOfTheOtherLink() {
        links.physical("enp3s0", "enp4s0")
                .veth("v0", "v1")
                .virtual("br0", "bridge")
                .join("br0", "v1", "enp3s0")
                .upon("enp3s0", "vlan", "enp3s0.66");

        assertThat(sentences("v0", "enp3s0.66"))
                .containsExactly("v0 (over v1, br0) and enp3s0.66 both rest on enp3s0: its failure hits both at once");
        assertThat(sentences("v0", "enp4s0")).isEmpty();
    }

    @Test
    void interfacesOfAnotherNamespaceAreToldApartByNamespaceAndIndex() {
        links.physical("enp3s0")
                .uponForeign(2, 1, "macvlan", "m0")
                .uponForeign(2, 1, "macvlan", "m1")
                .uponForeign(3, 1, "macvlan", "m2")
                .uponForeign(-1, 1, "macvlan", "m3")
                .uponForeign(-1, 1, "macvlan", "m4");

        assertThat(sentences("m0", "m1"))
                .containsExactly("m0 and m1 are macvlans of one interface, number 1 of another network namespace:"
                        + " one cable cut takes both");
        assertThat(sentences("enp3s0", "m0", "m2")).isEmpty();
        assertThat(sentences("m3", "m4")).as("of them nothing is known").isEmpty();
    }

    @Test
    void portsOfOneSwitchChip() {
        links.physical("eth0").upon("eth0", "dsa", "lan1", "lan2").upon("lan1", "vlan", "lan1.5");

        assertThat(sentences("lan1", "lan2"))
                .containsExactly("lan1 and lan2 both rest on eth0: a failure of eth0 takes both");
        assertThat(sentences("eth0", "lan2"))
                .containsExactly("lan2 is a switch port behind eth0: a failure of eth0 takes both");
        assertThat(sentences("lan1.5", "lan2"))
                .containsExactly("lan1.5 (over lan1) and lan2 both rest on eth0: a failure of eth0 takes both");
    }

    @Test
    void twoPortsOfOneCard() {
        links.physical("enp3s0f0", "enp3s0f1", "enp4s0").upon("enp3s0f1", "vlan", "enp3s0f1.5");
        drive("enp3s0f0", PORT_0).drive("enp3s0f1", PORT_1).drive("enp4s0", OTHER_CARD);

        assertThat(sentences("enp3s0f0", "enp4s0", "enp3s0f1"))
                .containsExactly("enp3s0f0 and enp3s0f1 are two ports of one card, PCI slot 0000:03:00:"
                        + " a cut cable takes one of them, a failure of the card both");
        assertThat(sentences("enp3s0f0", "enp3s0f1.5"))
                .containsExactly("enp3s0f0 and enp3s0f1.5 (over enp3s0f1) are two ports of one card,"
                        + " PCI slot 0000:03:00: a cut cable takes one of them, a failure of the card both");
    }

    @Test
    void twoInterfacesOfOnePciFunction() {
        links.physical("enp3s0", "enp3s0d1");
        drive("enp3s0", PORT_0).drive("enp3s0d1", PORT_0);

        assertThat(sentences("enp3s0", "enp3s0d1"))
                .containsExactly("enp3s0 and enp3s0d1 belong to one device, PCI function 0000:03:00.0:"
                        + " its failure takes both");
    }

    @Test
    void twoInterfacesOfOneDeviceThatIsNotOnPci() {
        links.physical("eth0", "eth1", "eth2");
        drive("eth0", "platform/soc/f2000000.ethernet")
                .drive("eth1", "platform/soc/f2000000.ethernet")
                .drive("eth2", "platform/soc/f4000000.ethernet");

        assertThat(sentences("eth0", "eth1", "eth2"))
                .containsExactly(
                        "eth0 and eth1 belong to one device, device f2000000.ethernet: its failure takes both");
    }

    @Test
    void partitionsOfOnePortOfACard() {
        links.physical("enp3s0f0", "enp3s0f1", "enp3s0f2");
        drive("enp3s0f0", PORT_0).drive("enp3s0f1", PORT_1).drive("enp3s0f2", "pci0000:00/0000:00:1c.0/0000:03:00.2");
        sysfs.portId("enp3s0f0", "aa01").portId("enp3s0f1", "aa02").portId("enp3s0f2", "aa01");

        assertThat(sentences("enp3s0f0", "enp3s0f2"))
                .containsExactly("enp3s0f0 and enp3s0f2 use one port of one card: one cable cut takes both");
        assertThat(sentences("enp3s0f0", "enp3s0f1")).singleElement().asString().contains("two ports of one card");
    }

    @Test
    void virtualFunctionsOfOnePhysicalFunction() {
        String first = "pci0000:00/0000:00:1c.0/0000:03:10.0";
        String second = "pci0000:00/0000:00:1c.0/0000:03:10.2";
        String ofOtherPort = "pci0000:00/0000:00:1c.0/0000:03:10.1";
        links.physical("enp3s0f0", "enp3s0f1", "vf0", "vf1", "vf2");
        drive("enp3s0f0", PORT_0)
                .drive("enp3s0f1", PORT_1)
                .drive("vf0", first)
                .drive("vf1", second)
                .drive("vf2", ofOtherPort);
        sysfs.virtualFunction(first, PORT_0).virtualFunction(second, PORT_0).virtualFunction(ofOtherPort, PORT_1);

        assertThat(sentences("vf0", "vf1"))
                .containsExactly("vf0 and vf1 are virtual functions of one physical function,"
                        + " enp3s0f0 (0000:03:00.0): one cable cut takes both");
        assertThat(sentences("enp3s0f0", "vf1"))
                .containsExactly("vf1 is a virtual function of enp3s0f0: one cable cut takes both");
        assertThat(sentences("vf0", "vf2"))
                .containsExactly("vf0 and vf2 are two ports of one card, PCI slot 0000:03:00:"
                        + " a cut cable takes one of them, a failure of the card both");
    }

    @Test
    void aPhysicalFunctionThatDrivesNoInterfaceHereIsToldByItsAddress() {
        String first = "pci0000:00/0000:00:1c.0/0000:03:10.0";
        String second = "pci0000:00/0000:00:1c.0/0000:03:10.2";
        links.physical("vf0", "vf1");
        drive("vf0", first).drive("vf1", second);
        sysfs.virtualFunction(first, PORT_0).virtualFunction(second, PORT_0);

        assertThat(sentences("vf0", "vf1"))
                .containsExactly("vf0 and vf1 are virtual functions of one physical function, 0000:03:00.0:"
                        + " one cable cut takes both");
    }

    @Test
    void cardsOfAVirtualMachineAreApart() {
        links.physical("ens3", "ens4");
        drive("ens3", "pci0000:00/0000:00:03.0/virtio0").drive("ens4", "pci0000:00/0000:00:04.0/virtio1");

        assertThat(sentences("ens3", "ens4")).isEmpty();
    }

    @Test
    void adaptersOnOneUsbHostAreNotTakenForOneCard() {
        links.physical("enx0", "enx1");
        drive("enx0", "pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0")
                .drive("enx1", "pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0");

        assertThat(sentences("enx0", "enx1")).isEmpty();
    }

    /** In a namespace entered without mounting sysfs anew, a name means another interface there. */
    @Test
    void sysfsOfAnotherNamespaceIsNotBelieved() {
        links.physical("eth0", "eth1");
        sysfs.device("eth0", links.index("eth0") + 7, PORT_0).device("eth1", links.index("eth1") + 7, PORT_1);

        assertThat(sentences("eth0", "eth1")).isEmpty();
    }

    @Test
    void whatAnInterfaceSharesGoesBeforeWhatItsHardwareShares() {
        links.physical("enp3s0").upon("enp3s0", "vlan", "enp3s0.66", "enp3s0.67");
        drive("enp3s0", PORT_0);

        assertThat(sentences("enp3s0.66", "enp3s0.67"))
                .singleElement()
                .asString()
                .contains("VLANs of one interface");
    }

    @Test
    void everyTwoOfManyLinksAreCompared() {
        links.physical("enp3s0", "enp4s0").upon("enp3s0", "vlan", "a", "b", "c").upon("enp4s0", "vlan", "d");

        assertThat(LinkIndependence.sharedParts(List.of("a", "d", "b", "c"), links.list(), sysfs.devices()))
                .extracting(shared -> shared.first() + shared.second())
                .containsExactly("ab", "ac", "bc");
    }

    /** Interfaces can be moved while they are listed, so that they seem to stand on each other. */
    @Test
    void aCircleEnds() {
        links.veth("x", "y").join("x", "y").join("y", "x");

        assertThat(sentences("x", "y")).hasSize(1);
    }

    private LinkIndependenceTest drive(String name, String device) {
        sysfs.device(name, links.index(name), device);
        return this;
    }

    private List<String> sentences(String... names) {
        return LinkIndependence.sharedParts(List.of(names), links.list(), sysfs.devices()).stream()
                .map(SharedPart::sentence)
                .toList();
    }
}
