package net.twinpath.daemon.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a path's sequence number over a clean stop, in a file beside the control socket, so that neighbours take the next
 * frame for new. The file is taken away when it is read: a number from before a crash would be a wrong one.
 */
final class SequenceMemory {
    private static final int NUMBERS = 0x1_0000;
    private static final Logger LOG = LoggerFactory.getLogger("path");

    private final Path file;

    /**
     * @param socket   the control socket's place
     * @param pathName the path's name
     * @param ownMac   source address the numbers belong to
     */
    SequenceMemory(Path socket, String pathName, String ownMac) {
        file = socket.resolveSibling(pathName + "-" + ownMac.replace(":", "") + ".sequence");
    }

    /** The number to go on with; empty when the last stop was not clean or there was none. */
    OptionalInt take() {
        try {
            int number = Integer.parseInt(Files.readString(file).strip());
            Files.delete(file);
            return number >= 0 && number < NUMBERS ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NoSuchFileException e) {
            return OptionalInt.empty();
        } catch (IOException | NumberFormatException e) {
            LOG.warn("sequence number not taken over from {}: {}", file, e.toString());
            return OptionalInt.empty();
        }
    }

    /** Keeps the next number for {@link #take}. */
    void keep(int next) {
        try {
            Files.writeString(file, next + "\n");
        } catch (IOException e) {
            LOG.warn("sequence number not kept in {}: {}", file, e.toString());
        }
    }
}
