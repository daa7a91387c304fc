package net.twinpath.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import net.twinpath.config.toml.ConfigException;

/** A folder with configuration files for a test, and their problems with file names relative to it. */
record ConfigFolder(Path folder) {
    Path main() {
        return folder.resolve("twinpath.toml");
    }

    /** Writes a file, given as lines, into the folder. */
    ConfigFolder with(String name, String... lines) {
        return withBytes(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    ConfigFolder withBytes(String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TwinpathConfig read() throws ConfigException {
        return ConfigReader.read(main());
    }

    /** The problems as an operator sees them; empty when the files are valid. */
    List<String> problems() {
        try {
            read();
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream()
                    .map(problem -> problem.toString().replace(folder + "/", ""))
                    .toList();
        }
    }
}
