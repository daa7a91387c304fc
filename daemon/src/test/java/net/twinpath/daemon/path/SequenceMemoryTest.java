package net.twinpath.daemon.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
    void keptNumbersAreTakenOnce() {
        memory().keep(List.of("stream.camera one", "unmatched"), List.of(65_535, 0));
        assertThat(memory().take()).isEqualTo(Map.of("stream.camera one", 65_535, "unmatched", 0));
        assertThat(memory().take()).isEmpty();
    }

    @Test
    void damagedLinesGiveNoNumber() throws IOException {
        Path file = folder.resolve("dup0-02000000000a.sequence");
        for (String content : new String[] {"", "x", "node -1", "node 65536", "node ", "17"}) {
            Files.writeString(file, content + "\nunmatched 12\n");
            assertThat(memory().take()).as(content).doesNotContainKey("node").containsEntry("unmatched", 12);
        }
    }

    @Test
    void folderThatIsGoneIsNoFailure() {
        SequenceMemory memory = new SequenceMemory(folder.resolve("none/control.sock"), "dup0", "02:00:00:00:00:0a");
        memory.keep(List.of("node"), List.of(1));
        assertThat(memory.take()).isEmpty();
    }
}
