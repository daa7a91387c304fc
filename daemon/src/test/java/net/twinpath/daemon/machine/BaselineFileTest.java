package net.twinpath.daemon.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept over the death of a daemon. */
class BaselineFileTest {
    private static final TreeMap<Setting, String> BEFORE = new TreeMap<>(Map.of(
            Setting.link("bond0.100", "kind"),
            "",
            new Setting("eth0", Group.ADDRESS, "fd00::1/64"),
            "scope=0 flags=128",
            Setting.sysctl("net.ipv4.tcp_rmem"),
            "4096 131072 6291456"));

    @TempDir
    private Path folder = Path.of("");

    private BaselineFile file() {
        return new BaselineFile(folder.resolve("control.sock"));
    }

    private Path path() {
        return folder.resolve("control.sock.baseline");
    }

    @Test
    void aSuccessorReadsWhatWasWritten() throws Exception {
        file().write(BEFORE);

        assertThat(file().read()).isEqualTo(BEFORE);
        assertThat(folder).isDirectoryContaining(path()::equals).isDirectoryNotContaining(file -> !file.equals(path()));
    }

    @Test
    void nothingToKeepLeavesNoFile() throws Exception {
        file().write(BEFORE);
        file().write(new TreeMap<>());

        assertThat(path()).doesNotExist();
        assertThat(file().read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"boot", "namespace"})
    void anotherStartOfTheKernelOrNamespaceHasNothingToDoWithIt(String key) throws Exception {
        file().write(BEFORE);
        Files.writeString(path(), Files.readString(path()).replaceFirst("\"" + key + "\":\"", "$0x"));

        assertThat(file().read()).isEmpty();
    }

    @Test
    void aFileThatIsDamagedIsNotUsed() throws Exception {
        Files.writeString(path(), "{\"boot\":");

        assertThat(file().read()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsToldBeforeAnythingIsChanged() {
        BaselineFile file = new BaselineFile(folder.resolve("gone/control.sock"));

        assertThatThrownBy(() -> file.write(BEFORE))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("gone/control.sock.baseline");
    }
}
