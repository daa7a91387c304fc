package net.twinpath.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.twinpath.tests.fixture.Command;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code twinpathd --check} says of links that are not independent or cannot be links, as any user, in what this
 * kernel can make.
 */
class CheckIT {
    private static final List<String> UNPRIVILEGED =
            List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

    /** The daemon could not start. */
    private static final int FAILED = 1;

    private final TemporaryFolder folder = TemporaryFolder.create("check");
    private final Namespace host = Namespace.host("host");
    private final DaemonPrograms programs = new DaemonPrograms(host, folder, "host");

    @AfterEach
    void removeEverything() {
        host.close();
        folder.close();
    }

    @Test
    void macvlansOfOneInterface() {
        veth("v0", "v1");
        host.run("ip", "link", "add", "link", "v0", "name", "m0", "type", "macvlan");
        host.run("ip", "link", "add", "link", "v0", "name", "m1", "type", "macvlan");

        assertThat(check("m0", "m1"))
                .isEqualTo("warning: FILE:5:16: path.dup0.links: m0 and m1 are macvlans of one interface, v0:"
                        + " one cable cut takes both\n");
        assertThat(check("v0", "m1"))
                .isEqualTo("warning: FILE:5:16: path.dup0.links: m1 is a macvlan of v0: one cable cut takes both\n");
    }

    @Test
    void theEndsOfOneVethPair() {
        veth("v0", "v1");

        assertThat(check("v0", "v1"))
                .isEqualTo("warning: FILE:5:16: path.dup0.links: v0 and v1 are the two ends of one veth pair:"
                        + " each hears nothing but the other\n");
    }

    @Test
    void vethPairsThatEndInOneBridge() {
        veth("v0", "v1");
        veth("w0", "w1");
        host.run("ip", "link", "add", "br0", "type", "bridge");
        host.run("ip", "link", "set", "v1", "master", "br0");
        host.run("ip", "link", "set", "w1", "master", "br0");

        assertThat(check("v0", "w0"))
                .isEqualTo("warning: FILE:5:16: path.dup0.links: v0 (over v1) and w0 (over w1) both rest on br0:"
                        + " it makes one network of the two\n");
        assertThat(check("v1", "w1"))
                .isEqualTo(ofTheBridge("FILE:5:10", "v1") + ofTheBridge("FILE:5:16", "w1")
                        + "warning: FILE:5:16: path.dup0.links: v1 and w1 are ports of one bridge, br0:"
                        + " it makes one network of the two\n");
    }

    private static String ofTheBridge(String place, String name) {
        return "warning: " + place + ": path.dup0.links: " + name
                + " belongs to the bridge br0; take it out first, or name that one; until then twinpathd does not start\n";
    }

    @Test
    void addressesThatWouldNotAnswer() {
        veth("v0", "v1");
        veth("w0", "w1");
        host.up("w0");
        host.up("w1");
        host.address("w0", "192.0.2.1/24");

        // Those that are up have link-local addresses of IPv6 besides, of which nothing is said.
        assertThat(check("v0", "w0"))
                .isEqualTo("warning: FILE:5:16: path.dup0.links: w0 has the address 192.0.2.1/24, which would stop"
                        + " answering; give it to the path instead (ip address del ... dev w0);"
                        + " until then twinpathd does not start\n");
        assertThat(check("v0", "w1")).isEmpty();
    }

    @Test
    void anInterfaceWithoutEthernetHeadersCannotBeALink() {
        assumeTrue(Files.exists(Path.of("/dev/net/tun")), "needs the kernel's tun driver");
        veth("v0", "v1");
        host.run("ip", "tuntap", "add", "t0", "mode", "tun");

        assertThat(check(FAILED, "v0", "t0"))
                .isEqualTo("error: FILE:5:16: path.dup0.links: t0 is no Ethernet interface; a link must be one\n");
    }

    @Test
    void macvlansOfOneInterfaceInAnotherNamespace() {
        try (Namespace outer = Namespace.host("outer")) {
            outer.run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1");
            for (String name : List.of("m0", "m1")) {
                outer.run("ip", "link", "add", "link", "v0", "name", name, "netns", host.name(), "type", "macvlan");
            }

            assertThat(check("m0", "m1"))
                    .startsWith("warning: FILE:5:16: path.dup0.links: m0 and m1 are macvlans of one interface, number ")
                    .endsWith(" of another network namespace: one cable cut takes both\n");
        }
    }

    @Test
    void linksThatShareNothing() {
        veth("v0", "v1");
        veth("w0", "w1");

        assertThat(check("v0", "w0")).isEmpty();
    }

    private void veth(String name, String peer) {
        host.run("ip", "link", "add", name, "type", "veth", "peer", "name", peer);
    }

    /** What is said besides that the file is right. */
    private String check(String first, String second) {
        return check(0, first, second);
    }

    private String check(int status, String first, String second) {
        programs.configure("[path.dup0]\nlinks = [\"" + first + "\", \"" + second + "\"]\n");
        Command.Result result = programs.runBy(UNPRIVILEGED, "--check");
        String output = result.output().replace(programs.config().toString(), "FILE");
        assertThat(result.errors()).isEmpty();
        assertThat(result.status()).isEqualTo(status);
        assertThat(output).startsWith("FILE is right; paths: 1\n");
        return output.substring(output.indexOf('\n') + 1);
    }
}
