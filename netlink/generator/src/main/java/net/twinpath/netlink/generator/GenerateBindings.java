package net.twinpath.netlink.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The build step: specifications in, Java sources out. */
public final class GenerateBindings {
    private GenerateBindings() {}

    /**
     * Reads every {@code *.yaml} of a folder and makes the output folder hold exactly the sources they describe; a source
     * that would stay the same is not written, so that the compiler need not run again.
     *
     * @param arguments folder of specifications, output folder, parent package
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("expected: SPECIFICATION-FOLDER OUTPUT-FOLDER PARENT-PACKAGE");
        }
        Map<String, String> sources = new TreeMap<>();
        for (Path file : files(Path.of(arguments[0]), ".yaml")) {
            sources.putAll(FamilyWriter.write(SpecificationReader.read(file), arguments[2]));
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("folder " + arguments[0] + " holds no *.yaml");
        }
        Path output = Path.of(arguments[1]);
        deleteOthers(output, sources);
        for (Map.Entry<String, String> source : sources.entrySet()) {
            writeIfChanged(output.resolve(source.getKey()), source.getValue());
        }
    }

    private static void deleteOthers(Path output, Map<String, String> sources) throws IOException {
        Files.createDirectories(output);
        for (Path file : files(output, ".java")) {
            if (!sources.containsKey(output.relativize(file).toString())) {
                Files.delete(file);
            }
        }
    }

    private static void writeIfChanged(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, text);
        }
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return new ArrayList<>(found.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList());
        }
    }
}
