package net.twinpath.daemon.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a path's sequence numbers over a clean stop, in a file beside the control socket, so that neighbours take the
 * next frame for new. The file is taken away when it is read: numbers from before a crash would be wrong ones. Each line
 * is a counter's name, a space and its next number.
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

    /** The numbers to go on with, by counter; empty when the last stop was not clean or there was none. */
    Map<String, Integer> take() {
        Map<String, Integer> numbers = new HashMap<>();
        try {
            List<String> lines = Files.readAllLines(file);
            Files.delete(file);
            lines.forEach(line -> parse(line).ifPresent(number -> numbers.put(name(line), number)));
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not there", file);
        } catch (IOException e) {
            LOG.warn("sequence numbers not taken over from {}: {}", file, e.toString());
        }
        return numbers;
    }

    private static String name(String line) {
        return line.substring(0, Math.max(0, line.lastIndexOf(' ')));
    }

    private OptionalInt parse(String line) {
        try {
            int number = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
            if (number >= 0 && number < NUMBERS) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            LOG.debug("{}", e.getMessage());
        }
        LOG.warn("{}: \"{}\" is no counter with its next number; that counter starts anew", file, line);
        return OptionalInt.empty();
    }

    /** Keeps each counter's next number for {@link #take}. */
    void keep(List<String> names, List<Integer> next) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            lines.add(names.get(i) + " " + next.get(i));
        }
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            LOG.warn("sequence numbers not kept in {}: {}", file, e.toString());
        }
    }
}
