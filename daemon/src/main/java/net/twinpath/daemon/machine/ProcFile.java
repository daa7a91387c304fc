package net.twinpath.daemon.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that the kernel makes up: all of the text in one read, because the next one may have nothing. */
final class ProcFile {
    /** No setting is longer. */
    private static final int MOST_BYTES = 1 << 16;

    private ProcFile() {}

    /** The text without the space around it. */
    static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = new byte[MOST_BYTES];
            int length = Math.max(0, in.read(bytes));
            return new String(bytes, 0, length, StandardCharsets.UTF_8).strip();
        }
    }
}
