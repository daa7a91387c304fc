package net.twinpath.tests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.twinpath.tests.fixture.BuildFolder;
import net.twinpath.tests.fixture.Command;

/** The benchmark's programs in C, compiled from their source beside this module. */
final class Programs {
    /** For both sides of the comparison that are in C: what a distribution compiles with. */
    static final List<String> OPTIONS = List.of("-O2", "-Wall", "-Wextra", "-Werror", "-std=gnu11", "-pthread");

    private static final Path SOURCE = BuildFolder.target().resolveSibling("bench");
    private static final Path BUILT = BuildFolder.target().resolve("bench");

    private Programs() {}

    static void compile() {
        make(BUILT);
        compile("reference", "reference.c", "bench.c");
        compile("load", "load.c", "generator.c", "counter.c", "probe.c", "bench.c");
        compile("goodput", "goodput.c", "bench.c");
        compile("copies", "copies.c", "bench.c");
        compile("ready", "ready.c", "bench.c");
    }

    private static void compile(String program, String... sources) {
        List<String> words = new ArrayList<>(List.of("gcc"));
        words.addAll(OPTIONS);
        words.addAll(List.of("-o", path(program)));
        Stream.of(sources).map(source -> SOURCE.resolve(source).toString()).forEach(words::add);
        Command.run(words.toArray(String[]::new));
    }

    static String path(String program) {
        return BUILT.resolve(program).toString();
    }

    /** Where the sources are, and the results of a complete run. */
    static Path source() {
        return SOURCE;
    }

    /** Where everything goes that is not kept. */
    static Path built() {
        return BUILT;
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
