package net.twinpath.daemon.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.twinpath.config.ConfigReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code twinpathd --check} says of the machine, letter by letter. */
class MachineCheckTest {
    private static final String VLANS = """
            [path.dup0]
            links = ["enp3s0.66", "enp3s0.67"]
            """;

    @TempDir
    private Path folder;

    @Test
    void independentLinksThatAreThereNeedNoWord() throws Exception {
        assertThat(remarks(VLANS, new FakeLinks().physical("enp3s0.66", "enp3s0.67")))
                .isEmpty();
    }

    @Test
    void aSharedPartIsToldWhereTheLaterLinkStands() throws Exception {
        FakeLinks present = new FakeLinks().physical("enp3s0").upon("enp3s0", "vlan", "enp3s0.66", "enp3s0.67");

        assertThat(remarks(VLANS, present))
                .containsExactly("warning: FILE:2:23: path.dup0.links: enp3s0.66 and enp3s0.67 are VLANs of one"
                        + " interface, enp3s0: one cable cut takes both");
    }

    @Test
    void interfacesThatAreNotThereAreNoted() throws Exception {
        assertThat(remarks(VLANS + "inside = \"enp9s0\"\n", new FakeLinks().physical("lo", "enp3s0.67")))
                .containsExactly(
                        "note: enp3s0.66 is not on this machine now", "note: enp9s0 is not on this machine now");
    }

    @Test
    void everyPathIsLookedAt() throws Exception {
        String paths = VLANS + """
                [path.dup1]
                links = ["enp5s0", "enp6s0"]
                """;

        assertThat(remarks(paths, new FakeLinks()))
                .hasSize(4)
                .last()
                .isEqualTo("note: enp6s0 is not on this machine now");
    }

    private List<String> remarks(String configuration, FakeLinks present) throws Exception {
        Path file = Files.writeString(folder.resolve("twinpath.toml"), configuration);
        return MachineCheck.remarks(ConfigReader.read(file), present.list(), new FakeSysfs(folder).devices()).stream()
                .map(line -> line.replace(file.toString(), "FILE"))
                .toList();
    }
}
