package net.twinpath.daemon.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files in {@code /run} mean that somebody else looks after an interface. */
class ForeignManagersTest {
    @TempDir
    private Path run = Path.of("");

    private ForeignManagers managers() {
        return new ForeignManagers(run);
    }

    private void write(String file, String content) throws IOException {
        Files.createDirectories(run.resolve(file).getParent());
        Files.writeString(run.resolve(file), content);
    }

    @Test
    void nobodyNeedsNoWord() {
        assertThat(managers().warning("enp3s0", 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"configured", "configuring", "failed"})
    void networkdIsToldWithItsFile(String state) throws Exception {
        write(
                "systemd/netif/links/3",
                "ADMIN_STATE=" + state + "\nOPER_STATE=routable\nNETWORK_FILE=/etc/systemd/network/10-lan.network\n");

        assertThat(managers().warning("enp3s0", 3))
                .contains("enp3s0 is managed by systemd-networkd, too, by /etc/systemd/network/10-lan.network, and both"
                        + " will change it; have that file leave it alone: [Link] Unmanaged=yes");
        assertThat(managers().warning("enp4s0", 4)).isEmpty();
    }

    @Test
    void networkdThatLeavesItAloneNeedsNoWord() throws Exception {
        write("systemd/netif/links/3", "ADMIN_STATE=unmanaged\nOPER_STATE=routable\n");
        write("systemd/netif/links/4", "ADMIN_STATE=unmanaged\nNETWORK_FILE=/etc/systemd/network/10-lan.network\n");

        assertThat(managers().warning("enp3s0", 3)).isEmpty();
        assertThat(managers().warning("enp4s0", 4)).isEmpty();
    }

    @Test
    void networkManagerIsTold() throws Exception {
        write("NetworkManager/devices/3", "[device]\nmanaged=true\nconnection-uuid=1\n");
        write("NetworkManager/devices/4", "[device]\nmanaged=false\n");

        assertThat(managers().warning("enp3s0", 3))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("enp3s0 is managed by NetworkManager, too")
                        .contains("nmcli device set enp3s0 managed no"));
        assertThat(managers().warning("enp4s0", 4)).isEmpty();
    }
}
