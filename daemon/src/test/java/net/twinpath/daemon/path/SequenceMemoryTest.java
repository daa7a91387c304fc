package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A number is kept over a clean stop and taken once. */
class SequenceMemoryTest {
    @TempDir
    private Path folder = Path.of("");

    private SequenceMemory memory() {
        return new SequenceMemory(folder.resolve("control.sock"), "dup0", "02:00:00:00:00:0a");
    }

    @Test
    void keptNumberIsTakenOnce() {
        memory().keep(65_535);
        assertThat(memory().take()).hasValue(65_535);
        assertThat(memory().take()).isEmpty();
    }

    @Test
    void damagedFileGivesNoNumber() throws IOException {
        Path file = folder.resolve("dup0-02000000000a.sequence");
        for (String content : new String[] {"", "x", "-1", "65536", "12 13"}) {
            Files.writeString(file, content);
            assertThat(memory().take()).as(content).isEmpty();
        }
    }

    @Test
    void folderThatIsGoneIsNoFailure() {
        SequenceMemory memory = new SequenceMemory(folder.resolve("none/control.sock"), "dup0", "02:00:00:00:00:0a");
        memory.keep(1);
        assertThat(memory.take()).isEmpty();
    }
}
